package io.signalbox.mesh.client;

import io.signalbox.mesh.client.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder in which running meshes leave word of themselves, one {@code NAME.json} each, so that commands find them.
 *
 * <p>The folder and its files are for their owner alone; files are written whole or not at all, and those of processes
 * that are gone are ignored.
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
        Path states = state != null && !state.isBlank() ? Path.of(state) : home.resolve(".local").resolve("state");
        return new RunningMeshes(states.resolve("signalbox").resolve("run"));
    }

    public Path folder() {
        return folder;
    }

    /** Where a mesh's bearer token belongs. */
    public Path tokenFile(String mesh) {
        return folder.resolve(mesh + ".token");
    }

    /** Leaves word of a mesh; an older word of the same name is replaced. */
    public void publish(RunningMesh mesh) {
        write(
                folder.resolve(mesh.name() + SUFFIX),
                Json.pretty(new Entry(mesh.name(), mesh.url().toString(), mesh.tokenFile().toString(), mesh.pid())));
    }

    /** Takes back what {@code publish} wrote, and the token, unless another process has published since. */
    public void withdraw(RunningMesh mesh) {
        if (read(folder.resolve(mesh.name() + SUFFIX)).filter(mesh::equals).isPresent()) {
            delete(folder.resolve(mesh.name() + SUFFIX));
            delete(mesh.tokenFile());
        }
    }

    /** The meshes whose processes live, the youngest first. */
    public List<RunningMesh> running() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                    .sorted((a, b) -> Long.compare(modified(b), modified(a)))
                    .flatMap(file -> read(file).stream())
                    .filter(mesh -> ProcessHandle.of(mesh.pid()).filter(ProcessHandle::isAlive).isPresent())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<RunningMesh> read(Path file) {
        try {
            Entry entry = Json.read(Files.readString(file), Entry.class);
            return Optional.of(
                    new RunningMesh(entry.name(), URI.create(entry.url()), Path.of(entry.tokenFile()), entry.pid()));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void write(Path file, String text) {
        try {
            Files.createDirectories(folder);
            owner(folder, "rwx------");
            Path fresh = Files.createTempFile(folder, ".", ".tmp");
            owner(fresh, "rw-------");
            Files.writeString(fresh, text, StandardCharsets.UTF_8);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("file: " + file + " (expected: a place where this user may write)", e);
        }
    }

    private static void owner(Path path, String permissions) throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
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
    private record Entry(String name, String url, String tokenFile, long pid) {}
}
