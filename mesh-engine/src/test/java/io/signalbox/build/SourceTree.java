package io.signalbox.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The Java sources of every module and of {@code bench/}, found under the project's root folder. */
record SourceTree(Path root) {

    private static final List<String> SOURCE_FOLDERS =
            List.of("mesh-engine/src", "store-etcd/src", "sample-services/src", "app-ui/src", "bench");

    /** The tree that the running build belongs to. */
    static SourceTree ofThisBuild() {
        var root = System.getProperty("signalbox.root");
        if (root == null) {
            throw new IllegalStateException(
                    "system property signalbox.root: unset (expected: the project's root folder)");
        }
        return new SourceTree(Path.of(root));
    }

    List<Path> javaFiles() {
        return SOURCE_FOLDERS.stream()
                .map(root::resolve)
                .filter(Files::isDirectory)
                .flatMap(folder -> javaFilesIn(folder).stream())
                .filter(file -> !isBuilt(file))
                .sorted()
                .toList();
    }

    /** Folders of main code that hold at least one Java file: one a package. */
    List<Path> mainPackageFolders() {
        return javaFiles().stream()
                .filter(file ->
                        root.relativize(file).toString().replace('\\', '/').contains("/src/main/java/"))
                .map(Path::getParent)
                .distinct()
                .toList();
    }

    /** Annotation processors leave sources in {@code target}. */
    private boolean isBuilt(Path file) {
        for (Path name : root.relativize(file)) {
            if (name.toString().equals("target")) {
                return true;
            }
        }
        return false;
    }

    private static List<Path> javaFilesIn(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
