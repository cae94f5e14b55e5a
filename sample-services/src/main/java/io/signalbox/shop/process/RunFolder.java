package io.signalbox.shop.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one run of the demo in many processes, named by the number of the process that runs it. It stays when the
 * run ends, for its logs, and is removed by the next run.
 */
final class RunFolder {

    private RunFolder() {}

    /** {@code signalbox/demo} in the user's state folder. */
    static Path ofUser(Map<String, String> environment, Path home) {
        String state = environment.getOrDefault("XDG_STATE_HOME", "");
        Path states = state.isBlank() ? home.resolve(".local").resolve("state") : Path.of(state);
        return states.resolve("signalbox").resolve("demo");
    }

    /** Makes one for that process, for its user alone; removes those of processes that are gone. */
    static Path fresh(Path parent, long pid) {
        try {
            Files.createDirectories(parent);
            for (Path old : list(parent)) {
                if (isOver(old, pid)) {
                    delete(old);
                }
            }
            return Files.createDirectory(parent.resolve(Long.toString(pid)), ownersAlone());
        } catch (IOException e) {
            throw new UncheckedIOException("folder: " + parent + " (expected: a place where this user may write)", e);
        }
    }

    private static boolean isOver(Path folder, long pid) {
        String name = folder.getFileName().toString();
        if (!name.matches("\\d{1,18}")) {
            return false;
        }
        long owner = Long.parseLong(name);
        return owner == pid
                || ProcessHandle.of(owner).filter(ProcessHandle::isAlive).isEmpty();
    }

    private static List<Path> list(Path parent) throws IOException {
        try (Stream<Path> folders = Files.list(parent)) {
            return folders.toList();
        }
    }

    /** Another run that starts now may remove the same one. */
    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e) throws IOException {
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static FileAttribute<?>[] ownersAlone() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }
}
