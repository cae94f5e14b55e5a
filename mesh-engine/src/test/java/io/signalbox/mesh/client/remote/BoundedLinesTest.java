package io.signalbox.mesh.client.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BoundedLinesTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "a", "a\n", "a\nb", "a\r\nb\r\n", "a\rb", "\r\r\n\n", "a\n\nb\n", "\n\r"})
    void linesAreThoseOfAnyReader(String text) throws IOException {
        assertThat(lines(text, 10))
                .isEqualTo(new BufferedReader(new StringReader(text)).lines().toList());
    }

    @Test
    void lineEndsAreSeenAcrossWhatIsReadAtATime() throws IOException {
        String text = "x".repeat(8_191) + "\r\n" + "y".repeat(20_000) + "\nz";

        assertThat(lines(text, 20_000)).containsExactly("x".repeat(8_191), "y".repeat(20_000), "z");
    }

    @Test
    void aLineThatIsTooLongIsRefusedBeforeItEnds() {
        assertThatThrownBy(() -> lines("a\n" + "x".repeat(11), 10))
                .isInstanceOf(IOException.class)
                .hasMessage("a line of more than 10 characters came (expected: shorter ones)");
    }

    @Test
    void whatIsNotReadOfALineIsPassedOver() throws IOException {
        BoundedLines lines = new BoundedLines(new StringReader("name: " + "x".repeat(20_000) + "\nnext: 2\n"), 30_000);

        assertThat(lines.next()).isTrue();
        assertThat(lines.before(':')).isEqualTo("name");
        assertThat(lines.rest().read(new char[3])).isEqualTo(3);
        assertThat(lines.next()).isTrue();
        assertThat(lines.before(':')).isEqualTo("next");
        assertThat(lines.rest().readAllAsString()).isEqualTo(" 2");
        assertThat(lines.rest().read()).isEqualTo(-1);
        assertThat(lines.next()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"event", "", "longer than what is asked for at once"})
    void withoutTheMarkALineIsAllBeforeIt(String text) throws IOException {
        BoundedLines lines = new BoundedLines(new StringReader(text + "\n:"), 100);

        assertThat(lines.next()).isTrue();
        assertThat(lines.before(':')).isEqualTo(text);
        assertThat(lines.rest().readAllAsString()).isEmpty();
        assertThat(lines.next()).isTrue();
        assertThat(lines.before(':')).isEmpty();
    }

    private static List<String> lines(String text, int longest) throws IOException {
        BoundedLines lines = new BoundedLines(new StringReader(text), longest);
        List<String> all = new ArrayList<>();
        while (lines.next()) {
            all.add(lines.rest().readAllAsString());
        }
        return all;
    }
}
