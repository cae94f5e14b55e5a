package io.signalbox.console.profiles;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.signalbox.mesh.client.Fingerprint;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.client.json.MalformedJsonException;
import io.signalbox.mesh.client.remote.ServerTrust;
import io.signalbox.mesh.config.PrivateFile;
import io.signalbox.mesh.model.InvalidValueException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The profiles in one JSON file of the user's configuration folder, written whole at each change.
 *
 * <p>A file that cannot be understood is refused and left as it is: nothing is written over it. Safe from any thread.
 */
public final class ProfileFile {

    /** Of the file's format. */
    static final int VERSION = 1;

    private final Path file;

    @GuardedBy("this")
    private boolean readable;

    public ProfileFile(Path file) {
        this.file = file;
    }

    /** Beside the console's preferences, by the XDG rules. */
    public static Path defaultFile(Map<String, String> environment, Path home) {
        String configured = environment.getOrDefault("XDG_CONFIG_HOME", "");
        Path config = configured.startsWith("/") ? Path.of(configured) : home.resolve(".config");
        return config.resolve("signalbox").resolve("connections.json");
    }

    /**
     * The profiles in the order in which they were added; none where there is no file yet.
     *
     * @throws InvalidValueException when the file is there and cannot be understood
     */
    public synchronized List<ConnectionProfile> read() {
        readable = false;
        List<ConnectionProfile> profiles = text().map(this::parsed).orElse(List.of());
        readable = true;
        return profiles;
    }

    /** The profile of that name, if there is one. */
    public Optional<ConnectionProfile> find(String name) {
        return read().stream().filter(profile -> profile.name().equals(name)).findFirst();
    }

    /** Adds a profile, or changes the one of its name in its place. */
    public synchronized List<ConnectionProfile> put(ConnectionProfile profile) {
        List<ConnectionProfile> next = new ArrayList<>(read());
        int at = next.stream().map(ConnectionProfile::name).toList().indexOf(profile.name());
        if (at < 0) {
            next.add(profile);
        } else {
            next.set(at, profile);
        }
        return write(next);
    }

    public synchronized List<ConnectionProfile> remove(String name) {
        return write(
                read().stream().filter(profile -> !profile.name().equals(name)).toList());
    }

    @GuardedBy("this")
    private List<ConnectionProfile> write(List<ConnectionProfile> profiles) {
        if (!readable) {
            throw new IllegalStateException("What could not be read is not written over");
        }
        Document document =
                new Document(VERSION, profiles.stream().map(Entry::of).toList());
        PrivateFile.write(file, Json.pretty(document) + "\n");
        return List.copyOf(profiles);
    }

    private Optional<String> text() {
        try {
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new InvalidValueException(file.toString(), e.getMessage(), "a file that can be read");
        }
    }

    private List<ConnectionProfile> parsed(String text) {
        try {
            Document document = Json.read(text, Document.class);
            InvalidValueException.unless(
                    document.version() == VERSION,
                    file + ": version",
                    document.version(),
                    VERSION + "; another Signalbox wrote it");
            return document.profiles().stream().map(Entry::profile).toList();
        } catch (MalformedJsonException e) {
            throw new InvalidValueException(file.toString(), e.getMessage(), "what Signalbox wrote");
        } catch (IllegalArgumentException e) {
            throw e.getMessage() != null && e.getMessage().startsWith(file.toString())
                    ? e
                    : new InvalidValueException(file.toString(), e.getMessage(), "what Signalbox wrote");
        } catch (NullPointerException e) {
            throw new InvalidValueException(file.toString(), "a field is missing", "what Signalbox wrote");
        }
    }

    record Document(int version, List<Entry> profiles) {}

    /**
     * @param address the first one
     * @param others further addresses; {@code null} for none, as every file had it once
     * @param ca a file of roots; {@code null} where another way of believing is used
     * @param fingerprint of the certificate that was compared
     * @param secret {@code keyring}, {@code encrypted-file} or {@code token-file}
     */
    record Entry(
            String name,
            String address,
            @Nullable List<String> others,
            Environment environment,
            @Nullable String ca,
            @Nullable String fingerprint,
            String secret,
            @Nullable String tokenFile) {

        static Entry of(ConnectionProfile profile) {
            ServerTrust trust = profile.trust();
            SecretPlace secret = profile.secret();
            List<String> others =
                    profile.addresses().stream().skip(1).map(URI::toString).toList();
            return new Entry(
                    profile.name(),
                    profile.address().toString(),
                    others.isEmpty() ? null : others,
                    profile.environment(),
                    trust instanceof ServerTrust.Authorities(Path roots) ? roots.toString() : null,
                    trust instanceof ServerTrust.Known(Fingerprint known) ? known.toString() : null,
                    switch (secret) {
                        case SecretPlace.Keyring _ -> "keyring";
                        case SecretPlace.EncryptedFile _ -> "encrypted-file";
                        case SecretPlace.TokenFile _ -> "token-file";
                    },
                    secret instanceof SecretPlace.TokenFile(Path file) ? file.toString() : null);
        }

        ConnectionProfile profile() {
            List<URI> addresses = Stream.concat(Stream.of(address), others == null ? Stream.empty() : others.stream())
                    .map(ConnectionProfile::address)
                    .toList();
            return new ConnectionProfile(name, addresses, environment, trust(), place());
        }

        private ServerTrust trust() {
            if (fingerprint != null) {
                return new ServerTrust.Known(Fingerprint.parse(fingerprint));
            }
            return ca == null ? new ServerTrust.JavaRoots() : new ServerTrust.Authorities(Path.of(ca));
        }

        private SecretPlace place() {
            return switch (secret) {
                case "keyring" -> new SecretPlace.Keyring();
                case "encrypted-file" -> new SecretPlace.EncryptedFile();
                case "token-file" -> new SecretPlace.TokenFile(Path.of(tokenFile == null ? "" : tokenFile));
                default -> throw new InvalidValueException("secret", secret, "keyring | encrypted-file | token-file");
            };
        }
    }
}
