package io.signalbox.mesh.config;

import io.signalbox.mesh.model.InvalidValueException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The files that a document names, found from the folder it lies in.
 *
 * @param document where the document is from
 * @param named filled with those that have been asked for
 */
record NamedFiles(Path document, Set<Path> named) {

    NamedFiles(Path document) {
        this(document, new LinkedHashSet<>());
    }

    Path path(String field, String name) {
        try {
            Path path = document.resolveSibling(name);
            named.add(path);
            return path;
        } catch (InvalidPathException e) {
            throw new InvalidValueException(field, name.replace('\0', '?'), "the name of a file");
        }
    }

    /** A folder, which is no part of the document. */
    Path folder(String field, String name) {
        Path folder = path(field, name);
        named.remove(folder);
        return folder;
    }

    String text(String field, String name) {
        Path path = path(field, name);
        try {
            return Files.readString(path);
        } catch (NoSuchFileException e) {
            throw new InvalidValueException(field, path, "a file that exists");
        } catch (IOException e) {
            throw new InvalidValueException(field, path, "a file of readable UTF-8 text");
        }
    }
}
