package io.signalbox.mesh.client.attach;

import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.client.json.MalformedJsonException;
import io.signalbox.mesh.config.PrivateFile;
import io.signalbox.mesh.model.InvalidValueException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The file in which a sidecar keeps what it last ran; for its owner alone, replaced whole. For one thread. */
public final class LastKnown {

    private static final int FORMAT = 1;

    private final Path file;
    private final String service;
    private final String instance;

    /** @param folder made when something is first kept */
    public LastKnown(Path folder, String service, String instance) {
        // Instances may have a colon in their names, files may not everywhere; no name has a plus.
        this.file = folder.resolve(service + "." + instance.replace(':', '+') + ".json");
        this.service = service;
        this.instance = instance;
    }

    /** {@code signalbox/sidecars} in the user's state folder. */
    public static Path folderOfUser(Map<String, String> environment, Path home) {
        String state = environment.get("XDG_STATE_HOME");
        Path states = state != null && !state.isBlank()
                ? Path.of(state)
                : home.resolve(".local").resolve("state");
        return states.resolve("signalbox").resolve("sidecars");
    }

    /**
     * What is kept.
     *
     * @param at when it was
     * @param revoked services whose identity was believed no more; {@code null} from before that was kept
     */
    public record Kept(
            int format,
            String service,
            String instance,
            Instant at,
            List<ServiceUpdate> services,
            @Nullable Set<String> revoked) {

        public Kept {
            services = List.copyOf(services);
            revoked = revoked == null ? null : Set.copyOf(revoked);
        }
    }

    public Path file() {
        return file;
    }

    /**
     * What was kept; empty when nothing was.
     *
     * @throws InvalidValueException when it is no such file, or a newer program's
     */
    public Optional<Kept> read() {
        try {
            String text = Files.readString(file);
            int format = Json.read(text, Format.class).format();
            InvalidValueException.unless(format == FORMAT, "state", file + ": format " + format, "format " + FORMAT);
            Kept kept = Json.read(text, Kept.class);
            InvalidValueException.unless(
                    kept.service().equals(service) && kept.instance().equals(instance),
                    "state",
                    file + ": of " + kept.instance(),
                    "that of " + instance);
            return Optional.of(kept);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | MalformedJsonException e) {
            throw new InvalidValueException("state", file, "what a sidecar kept, readable and whole");
        }
    }

    /**
     * Replaces what was kept.
     *
     * @throws java.io.UncheckedIOException when it cannot be written
     */
    public void write(List<ServiceUpdate> services, Set<String> revoked, Instant at) {
        PrivateFile.write(file, Json.text(new Kept(FORMAT, service, instance, at, services, revoked)));
    }

    private record Format(int format) {}
}
