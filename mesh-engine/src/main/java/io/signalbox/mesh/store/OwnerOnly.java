package io.signalbox.mesh.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Makes files and folders that nobody but their owner may read, where the file system knows of that. */
final class OwnerOnly {

    private OwnerOnly() {}

    /** Makes an empty file unless there is one. */
    static void file(Path file) throws IOException {
        if (Files.notExists(file)) {
            Files.createFile(file, attributes(file, "rw-------"));
        }
    }

    /** Makes a folder, and those above it that are missing. */
    static void folder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, attributes(folder, "rwx------"));
        }
    }

    private static FileAttribute<?>[] attributes(Path path, String permissions) {
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
