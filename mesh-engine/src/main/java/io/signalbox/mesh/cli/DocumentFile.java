package io.signalbox.mesh.cli;

import io.signalbox.mesh.client.MeshException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The text of a file that an option names. */
final class DocumentFile {

    private DocumentFile() {}

    /** @param file {@code -} is the standard input */
    static String read(Path file) {
        try {
            return file.equals(Path.of("-"))
                    ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                    : Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new MeshException(MeshException.Kind.NOT_FOUND, "file: " + file + " (expected: a file that exists)");
        } catch (IOException e) {
            throw new MeshException(
                    MeshException.Kind.INVALID,
                    "file: " + file + " (expected: readable UTF-8 text): " + e.getMessage());
        }
    }
}
