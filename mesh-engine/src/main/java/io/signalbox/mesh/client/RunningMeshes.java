package io.signalbox.mesh.client;

import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.config.PrivateFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder in which running meshes leave word of themselves, one {@code NAME.json} each, so that commands find them.
 *
 * <p>The folder and its files are for their owner alone; files are written whole or not at all, those of processes
 * that are gone are ignored, and removed with the next word that is left.
 */
public final class RunningMeshes {

    private static final String SUFFIX = ".json";

    private final Path folder;

    public RunningMeshes(Path folder) {
        this.folder = folder;
    }

    /** {@code $XDG_RUNTIME_DIR/signalbox}; without that variable {@code signalbox/run} in the user's state folder. */
    public static RunningMeshes ofUser(Map<String, String> environment, Path home) {
        String runtime = environment.get("XDG_RUNTIME_DIR");
        if (runtime != null && !runtime.isBlank()) {
            return new RunningMeshes(Path.of(runtime, "signalbox"));
        }
        String state = environment.get("XDG_STATE_HOME");
        Path states = state != null && !state.isBlank()
                ? Path.of(state)
                : home.resolve(".local").resolve("state");
        return new RunningMeshes(states.resolve("signalbox").resolve("run"));
    }

    public Path folder() {
        return folder;
    }

    /** A name that no running mesh has: the wanted one, else with the first free number behind it. */
    public String freeName(String wanted) {
        Set<String> taken = running().stream().map(RunningMesh::name).collect(Collectors.toSet());
        String name = wanted;
        for (int next = 2; taken.contains(name); next++) {
            name = wanted + "-" + next;
        }
        return name;
    }

    /** Where a mesh's bearer token belongs. */
    public Path tokenFile(String mesh) {
        return folder.resolve(mesh + ".token");
    }

    /**
     * Leaves word of a mesh; an older word of the same name is replaced, and what processes left that are gone is
     * removed.
     */
    public void publish(RunningMesh mesh) {
        removeStale(mesh.tokenFile());
        write(
                folder.resolve(mesh.name() + SUFFIX),
                Json.pretty(new Entry(
                        mesh.name(),
                        mesh.url().toString(),
                        mesh.tokenFile().toString(),
                        mesh.pid(),
                        mesh.ca().isPresent() ? mesh.ca().get().toString() : null)));
    }

    /**
     * Takes back what {@code publish} wrote, unless another process has published since; and the token, unless it is
     * kept elsewhere.
     */
    public void withdraw(RunningMesh mesh) {
        if (read(folder.resolve(mesh.name() + SUFFIX)).filter(mesh::equals).isPresent()) {
            delete(folder.resolve(mesh.name() + SUFFIX));
            if (folder.equals(mesh.tokenFile().getParent())) {
                delete(mesh.tokenFile());
            }
        }
    }

    /** The meshes whose processes live, the youngest first. */
    public List<RunningMesh> running() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        return files().stream()
                .flatMap(file -> read(file).stream())
                .filter(RunningMeshes::lives)
                .toList();
    }

    private void removeStale(Path tokenInUse) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        for (Path file : files()) {
            read(file).filter(mesh -> !lives(mesh)).ifPresent(gone -> {
                delete(file);
                if (folder.equals(gone.tokenFile().getParent())
                        && !gone.tokenFile().equals(tokenInUse)) {
                    delete(gone.tokenFile());
                }
            });
        }
    }

    /** The files that meshes left, the youngest first. */
    private List<Path> files() {
        try (Stream<Path> files = Files.list(folder)) {
            Map<Path, Long> written = files.filter(
                            file -> file.getFileName().toString().endsWith(SUFFIX))
                    .collect(Collectors.toMap(file -> file, RunningMeshes::modified));
            return written.entrySet().stream()
                    .sorted(Map.Entry.<Path, Long>comparingByValue().reversed())
                    .map(Map.Entry::getKey)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("folder: " + folder + " (expected: one that this user may read)", e);
        }
    }

    private static boolean lives(RunningMesh mesh) {
        return ProcessHandle.of(mesh.pid()).filter(ProcessHandle::isAlive).isPresent();
    }

    private static Optional<RunningMesh> read(Path file) {
        try {
            return Optional.ofNullable(
                    Json.read(Files.readString(file), Entry.class).mesh());
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void write(Path file, String text) {
        try {
            if (Files.isDirectory(folder)
                    && folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            }
            PrivateFile.write(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("file: " + file + " (expected: a place where this user may write)", e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long modified(Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (IOException e) {
            return 0;
        }
    }

    /** The file's form. */
    private record Entry(
            @Nullable String name,
            @Nullable String url,
            @Nullable String tokenFile,
            long pid,
            @Nullable String ca) {

        @Nullable
        RunningMesh mesh() {
            return name == null || url == null || tokenFile == null
                    ? null
                    : new RunningMesh(
                            name,
                            URI.create(url),
                            Path.of(tokenFile),
                            pid,
                            Optional.ofNullable(ca).map(Path::of));
        }
    }
}
