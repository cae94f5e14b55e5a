package io.signalbox.mesh.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LineDiffTest {

    @Test
    void equalTextsHaveNoDifference() {
        assertThat(LineDiff.of(List.of("a", "b"), List.of("a", "b"))).isEmpty();
        assertThat(LineDiff.of(List.of(), List.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        a b c | a x c | ' a,-b,+x, c'
        a b   | a b c | ' a, b,+c'
        a b c | b c   | '-a, b, c'
        a     | b     | '-a,+b'
        a b a | a a   | ' a,-b, a'
        """)
    void theFewestLinesChange(String before, String after, String lines) {
        assertThat(String.join(",", LineDiff.of(words(before), words(after)))).isEqualTo(lines);
    }

    @Test
    void everythingComesToAnEmptyTextAndGoesFromIt() {
        assertThat(LineDiff.of(List.of(), List.of("a"))).containsExactly("+a");
        assertThat(LineDiff.of(List.of("a"), List.of())).containsExactly("-a");
    }

    @Test
    void whatALongTextBeginsAndEndsWithCostsNothing() {
        List<String> before =
                IntStream.range(0, 200_000).mapToObj(String::valueOf).toList();
        List<String> after = new ArrayList<>(before);
        after.set(100_000, "x");
        assertThat(LineDiff.of(before, after))
                .hasSize(200_001)
                .filteredOn(line -> !line.startsWith(" "))
                .containsExactly("-100000", "+x");
    }

    private static List<String> words(String text) {
        return List.of(text.split(" ", -1));
    }
}
