package io.signalbox.mesh.runtime;

import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.client.json.MalformedJsonException;
import io.signalbox.mesh.config.PrivateFile;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A copy of the secrets in a control plane's folder, which its store does not hold: key and root of the certificate
 * authority, those of the next one, and the bearer token. Whoever has them can be any service, so they lie in a file of their
 * own beside a backup, for its owner alone.
 *
 * @param files what each holds, by name
 */
public record KeyCopy(int format, Map<String, String> files) {

    private static final int FORMAT = 1;
    private static final String SUFFIX = ".keys";
    private static final List<String> NAMES =
            List.of(AuthorityFiles.KEY, AuthorityFiles.NEXT, StandaloneControlPlane.TOKEN);

    public KeyCopy {
        InvalidValueException.unless(format == FORMAT, "format", format, String.valueOf(FORMAT));
        files = Map.copyOf(files);
        files.keySet()
                .forEach(name ->
                        InvalidValueException.unless(NAMES.contains(name), "files", name, String.join(" | ", NAMES)));
    }

    /** @param files what each holds, by name */
    static KeyCopy holding(Map<String, String> files) {
        return new KeyCopy(FORMAT, files);
    }

    /** Where those of a backup lie. */
    public static Path beside(Path backup) {
        return backup.resolveSibling(backup.getFileName() + SUFFIX);
    }

    /** Which of them are in a folder now; none is read. */
    public static List<String> namesIn(Path folder) {
        return NAMES.stream()
                .filter(name -> Files.exists(folder.resolve(name)))
                .sorted()
                .toList();
    }

    /** Which of them control planes that share a store have, at least. */
    public static List<String> sharedNames() {
        return List.of(AuthorityFiles.KEY, StandaloneControlPlane.TOKEN);
    }

    /** What is in a folder now. */
    public static KeyCopy of(Path folder) {
        Map<String, String> files = new TreeMap<>();
        for (String name : NAMES) {
            Path file = folder.resolve(name);
            if (Files.exists(file)) {
                try {
                    files.put(name, Files.readString(file));
                } catch (IOException e) {
                    throw new StoreException(
                            "keys: " + file + " (expected: a file that can be read): " + e.getMessage());
                }
            }
        }
        return holding(files);
    }

    public List<String> names() {
        return files.keySet().stream().sorted().toList();
    }

    /**
     * Writes them beside a backup.
     *
     * @throws StoreException when something is there already, or it cannot be written
     */
    public void write(Path backup) {
        Path file = beside(backup);
        requireFree(file);
        try {
            PrivateFile.write(file, Json.text(this));
        } catch (UncheckedIOException e) {
            throw new StoreException("keys: " + e.getMessage(), e);
        }
    }

    /** Those beside a backup; empty where there are none. */
    public static Optional<KeyCopy> besideOf(Path backup) {
        Path file = beside(backup);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.readWhole(Files.readString(file), KeyCopy.class));
        } catch (IOException | MalformedJsonException e) {
            throw new StoreException(
                    "keys: " + file + " (expected: what `backup --with-keys` wrote): " + e.getMessage(), e);
        }
    }

    /** Refuses a folder that has any of them, or the place beside a backup that is taken. */
    public void requireFree(Path place) {
        List<Path> wanted = new ArrayList<>();
        if (Files.isDirectory(place)) {
            names().forEach(name -> wanted.add(place.resolve(name)));
        } else {
            wanted.add(place);
        }
        wanted.stream().filter(Files::exists).findFirst().ifPresent(taken -> {
            throw new StoreException("keys: " + taken + " (expected: one that is not there yet)");
        });
    }

    /**
     * Puts them into a folder that has none; it is made when it is missing.
     *
     * @throws StoreException when one is there already, or cannot be written; none is left then
     */
    public void restore(Path folder) {
        requireFree(folder);
        try {
            files.forEach((name, text) -> PrivateFile.write(folder.resolve(name), text));
        } catch (UncheckedIOException e) {
            remove(folder);
            throw new StoreException("keys: " + folder + " (expected: a folder to write into): " + e.getMessage(), e);
        }
    }

    /** Takes them out of a folder again. */
    public void remove(Path folder) {
        for (String name : files.keySet()) {
            try {
                boolean _ = Files.deleteIfExists(folder.resolve(name));
            } catch (IOException e) {
                throw new StoreException("keys: " + folder.resolve(name) + " cannot be removed: " + e.getMessage(), e);
            }
        }
    }

    /** Without what they hold. */
    @Override
    public String toString() {
        return "KeyCopy" + names();
    }
}
