package io.signalbox.mesh.proxy.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What must hold of any bytes holds of the committed inputs, and of those with a few bytes changed. */
class CorpusTest {

    private static final int CHANGED = 2_000;

    static Stream<Arguments> inputs() {
        return Arrays.stream(FuzzTarget.values())
                .flatMap(target -> files(target).stream()
                        .map(file -> Arguments.of(target, file.getFileName().toString(), read(file))));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("inputs")
    void eachInputKeepsTheRules(FuzzTarget target, String name, byte[] bytes) {
        target.check(bytes);
    }

    @ParameterizedTest
    @EnumSource(FuzzTarget.class)
    void changedInputsKeepTheRules(FuzzTarget target) {
        List<byte[]> inputs = files(target).stream().map(CorpusTest::read).toList();
        assertThat(inputs).isNotEmpty();
        Random random = new Random(9112);
        for (int i = 0; i < CHANGED; i++) {
            byte[] bytes = inputs.get(random.nextInt(inputs.size())).clone();
            for (int change = random.nextInt(4); change >= 0 && bytes.length > 0; change--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            target.check(bytes);
        }
    }

    private static List<Path> files(FuzzTarget target) {
        try {
            URL folder = CorpusTest.class.getResource(target.label());
            try (Stream<Path> files = Files.list(
                    Path.of(Objects.requireNonNull(folder, target.label()).toURI()))) {
                return files.sorted().toList();
            }
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException("the inputs of " + target.label() + " cannot be listed", e);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
