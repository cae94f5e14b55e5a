package io.signalbox.mesh.client.attach;

import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.client.json.MalformedJsonException;
import io.signalbox.mesh.config.PrivateFile;
import io.signalbox.mesh.model.InvalidValueException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The file in which a sidecar keeps what it last ran; for its owner alone. Its first line is the whole mesh as it was, each
 * one after it what changed; when those have grown as long as the first, everything is written anew. For one thread.
 */
public final class LastKnown {

    /** Format 1 was the first line alone. */
    private static final int FORMAT = 2;

    private static final int LEAST_CHANGES = 64 << 10;

    private final Path file;
    private final String service;
    private final String instance;

    /** Characters of the first line; 0 before this program has written one. */
    private int whole;

    private int changes;

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

    /** One line of changes. */
    private record Change(Instant at, List<ServiceUpdate> services, List<String> removed) {}

    public Path file() {
        return file;
    }

    /** Whether what changes next is to be written with everything else. */
    public boolean wantsWhole() {
        return whole == 0 || changes > Math.max(whole, LEAST_CHANGES);
    }

    /**
     * What was kept; empty when nothing was.
     *
     * @throws InvalidValueException when it is no such file, or a newer program's
     */
    public Optional<Kept> read() {
        try {
            List<String> lines = ended(Files.readAllBytes(file)).lines().toList();
            int format = Json.read(lines.isEmpty() ? "" : lines.getFirst(), Format.class)
                    .format();
            InvalidValueException.unless(
                    format >= 1 && format <= FORMAT, "state", file + ": format " + format, "format 1.." + FORMAT);
            Kept kept = Json.read(lines.getFirst(), Kept.class);
            InvalidValueException.unless(
                    kept.service().equals(service) && kept.instance().equals(instance),
                    "state",
                    file + ": of " + kept.instance(),
                    "that of " + instance);
            return Optional.of(changed(kept, lines.subList(1, lines.size())));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | MalformedJsonException e) {
            throw new InvalidValueException("state", file, "what a sidecar kept, readable and whole");
        }
    }

    /** Without a line that was being written when the process ended, which may stop within a character. */
    private static String ended(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        // Format 1 has one line, without an end, written at once.
        return new String(bytes, 0, end == 0 ? bytes.length : end, StandardCharsets.UTF_8);
    }

    /** Up to the first change that cannot be read: what follows it would stand on what is missing. */
    private static Kept changed(Kept kept, List<String> lines) {
        Map<String, ServiceUpdate> services = new TreeMap<>();
        kept.services().forEach(update -> services.put(update.service(), update));
        Instant at = kept.at();
        for (String line : lines) {
            Change change;
            try {
                change = Json.read(line, Change.class);
            } catch (MalformedJsonException e) {
                break;
            }
            at = change.at();
            change.services().forEach(update -> services.put(update.service(), update));
            change.removed().forEach(services::remove);
        }
        return new Kept(
                kept.format(), kept.service(), kept.instance(), at, List.copyOf(services.values()), kept.revoked());
    }

    /**
     * Replaces what was kept.
     *
     * @throws java.io.UncheckedIOException when it cannot be written
     */
    public void write(List<ServiceUpdate> services, Set<String> revoked, Instant at) {
        whole = 0;
        String text = Json.text(new Kept(FORMAT, service, instance, at, services, revoked)) + "\n";
        PrivateFile.write(file, text);
        whole = text.length();
        changes = 0;
    }

    /**
     * Keeps what changed beside the rest, which was written before; writes all of it anew where that is wanted.
     *
     * @param changed empty for a service that is known no more
     * @param revoked services whose identity is believed no more
     * @throws java.io.UncheckedIOException when it cannot be written
     */
    public void append(Map<String, Optional<ServiceUpdate>> changed, Set<String> revoked, Instant at) {
        if (wantsWhole()) {
            rewrite(changed, revoked, at);
            return;
        }
        List<String> removed = changed.entrySet().stream()
                .filter(entry -> entry.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
        List<ServiceUpdate> services =
                changed.values().stream().flatMap(Optional::stream).toList();
        String line = Json.text(new Change(at, services, removed)) + "\n";
        int before = whole;
        whole = 0;
        PrivateFile.append(file, line);
        whole = before;
        changes += line.length();
    }

    /** Nothing is lost of what stands before the damage; where nothing can be read, all of it is to come. */
    private void rewrite(Map<String, Optional<ServiceUpdate>> changed, Set<String> revoked, Instant at) {
        Map<String, ServiceUpdate> services = new TreeMap<>();
        try {
            read().ifPresent(kept -> kept.services().forEach(update -> services.put(update.service(), update)));
        } catch (InvalidValueException e) {
            return;
        }
        if (!services.isEmpty()) {
            changed.forEach((service, update) ->
                    update.ifPresentOrElse(known -> services.put(service, known), () -> services.remove(service)));
            write(List.copyOf(services.values()), revoked, at);
        }
    }

    private record Format(int format) {}
}
