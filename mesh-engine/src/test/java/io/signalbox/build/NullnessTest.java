package io.signalbox.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NullnessTest {

    @TempDir
    private Path root;

    @Test
    void everyPackageOfMainCodeIsNullMarked() {
        assertThat(packagesNotNullMarked(SourceTree.ofThisBuild()))
                .as("packages without a package-info.java that says @NullMarked")
                .isEmpty();
    }

    @Test
    void aPackageWithoutTheMarkIsFound() throws IOException {
        var packages = root.resolve("mesh-engine/src/main/java/io/signalbox/mesh");
        var bare = sourceIn(packages.resolve("bare"), "A.java", "class A {}");
        var unmarked = sourceIn(packages.resolve("unmarked"), "package-info.java", "package unmarked;");
        sourceIn(packages.resolve("marked"), "package-info.java", "@NullMarked\npackage marked;");

        assertThat(packagesNotNullMarked(new SourceTree(root))).containsExactlyInAnyOrder(bare, unmarked);
    }

    private static List<Path> packagesNotNullMarked(SourceTree tree) {
        return tree.mainPackageFolders().stream()
                .filter(folder -> !isNullMarked(folder.resolve("package-info.java")))
                .toList();
    }

    private static boolean isNullMarked(Path packageInfo) {
        try {
            return Files.exists(packageInfo)
                    && Files.readString(packageInfo).lines().anyMatch(line -> line.equals("@NullMarked"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path sourceIn(Path folder, String name, String text) throws IOException {
        Files.writeString(Files.createDirectories(folder).resolve(name), text);
        return folder;
    }
}
