package io.signalbox.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SourceTreeTest {

    @TempDir
    private Path root;

    @Test
    void whatABuildGeneratedIsNoSource() throws IOException {
        var written = fileIn("bench/jmh/src/main/java", "Written.java");
        fileIn("bench/jmh/target/generated-sources/annotations", "Generated.java");

        assertThat(new SourceTree(root).javaFiles()).containsExactly(written);
    }

    private Path fileIn(String folder, String name) throws IOException {
        return Files.createFile(Files.createDirectories(root.resolve(folder)).resolve(name));
    }
}
