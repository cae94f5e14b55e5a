package io.signalbox.mesh.cli;

import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.config.InvalidDocumentException;
import io.signalbox.mesh.config.SidecarDocument;
import io.signalbox.mesh.config.SidecarFormat;
import io.signalbox.mesh.model.MeshConfig;
import io.signalbox.mesh.proxy.Sidecar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The file that a running sidecar follows, with those that it names: what they say of services and policies holds from the
 * next request on. What cannot be followed is refused whole, and what ran goes on. Belongs to its command's thread.
 */
final class SidecarFile {

    private static final Path STANDARD_INPUT = Path.of("-");

    private final Path file;
    private final Surroundings surroundings;
    private SidecarDocument followed;
    private Map<Path, Optional<Stamp>> read;
    private Map<Path, Optional<Stamp>> seen;
    private String refusal = "";

    SidecarFile(Path file, Surroundings surroundings) {
        this.file = file;
        this.surroundings = surroundings;
        followed = document(file, surroundings);
        read = stamps(followed, Map.of());
        seen = read;
        if (isFile()) {
            // Once more, now that it would be noticed if it changed after that.
            followed = document(file, surroundings);
        }
    }

    /** What the sidecar follows now. */
    SidecarDocument document() {
        return followed;
    }

    private boolean isFile() {
        return !file.equals(STANDARD_INPUT);
    }

    private static SidecarDocument document(Path file, Surroundings surroundings) {
        return SidecarFormat.read(
                DocumentFile.read(file), file, surroundings.clock().instant());
    }

    /**
     * Reads the files again if they have changed and have not since the last look: half a file is not read. After a
     * refusal they are read at every look, since what is missing may stand in a file that nobody knows yet. The standard
     * input is not read again.
     */
    void look(Sidecar sidecar) {
        if (!isFile()) {
            return;
        }
        Map<Path, Optional<Stamp>> now = stamps(followed, Map.of());
        boolean settled = now.equals(seen);
        seen = now;
        if (settled && (!now.equals(read) || !refusal.isEmpty())) {
            read = now;
            reload(sidecar);
        }
    }

    private void reload(Sidecar sidecar) {
        try {
            SidecarDocument next = document(file, surroundings);
            String fixed = String.join(", ", followed.fixedFieldsChangedIn(next));
            if (fixed.isEmpty()) {
                follow(sidecar, next);
            } else {
                refuse(file + ": " + fixed + ": changed (expected: what it was until a restart; services and policies"
                        + " alone may change)");
            }
        } catch (InvalidDocumentException | MeshException e) {
            refuse(String.valueOf(e.getMessage()));
        }
    }

    private void follow(Sidecar sidecar, SidecarDocument next) {
        if (next.controlPlane() == null) {
            sidecar.apply(
                    new MeshConfig(sidecar.config().revision() + 1, next.mesh().services()));
        }
        followed = next;
        // Stamped as they were before they were read: what changed meanwhile is read once more.
        read = stamps(next, read);
        seen = read;
        refusal = "";
        surroundings.out().println("reloaded " + file);
        surroundings.out().flush();
    }

    private void refuse(String why) {
        if (!why.equals(refusal)) {
            refusal = why;
            surroundings.err().println("refused " + (why.startsWith(file + ": ") ? why : file + ": " + why));
            surroundings.err().flush();
        }
    }

    private Map<Path, Optional<Stamp>> stamps(SidecarDocument document, Map<Path, Optional<Stamp>> known) {
        Map<Path, Optional<Stamp>> stamps = new LinkedHashMap<>();
        Stream.concat(Stream.of(file), document.named().stream())
                .forEach(path -> stamps.put(path, known.containsKey(path) ? known.get(path) : Stamp.of(path)));
        return stamps;
    }

    /**
     * By what one sees that a file is not what it was.
     *
     * @param key of the system, such as an inode; its text, since not every system has one
     */
    private record Stamp(FileTime modified, long size, String key) {

        /** Empty for a file that is not there. */
        static Optional<Stamp> of(Path file) {
            try {
                BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
                return Optional.of(new Stamp(now.lastModifiedTime(), now.size(), String.valueOf(now.fileKey())));
            } catch (IOException e) {
                return Optional.empty();
            }
        }
    }
}
