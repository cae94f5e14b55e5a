package io.signalbox.mesh.runtime;

import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.client.json.MalformedJsonException;
import io.signalbox.mesh.config.PrivateFile;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.tls.ServiceIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The file in which a sidecar keeps its key, its certificate and whom it believes; for its owner alone, replaced whole,
 * so that a key never stands beside another one's certificate. For one thread at a time.
 */
final class IdentityFile {

    private static final int FORMAT = 1;

    private final Path file;
    private final String service;

    IdentityFile(Path folder, String service, String instance) {
        this.file = folder.resolve(service + "." + instance.replace(':', '+') + ".identity.json");
        this.service = service;
    }

    /**
     * What is kept.
     *
     * @param issuedAt when it was got, by this machine's clock
     * @param trustRevision of the roots
     * @param revoked services that are believed no more
     */
    record Kept(ServiceIdentity identity, Instant issuedAt, long trustRevision, Set<String> revoked) {

        Kept {
            revoked = Set.copyOf(revoked);
        }
    }

    Path file() {
        return file;
    }

    /**
     * What was kept, whether it is still good or not; empty when nothing was.
     *
     * @throws InvalidValueException when it is no such file, a newer program's, or another service's
     */
    Optional<Kept> read() {
        try {
            String text = Files.readString(file);
            int format = Json.read(text, Format.class).format();
            InvalidValueException.unless(format == FORMAT, "state", file + ": format " + format, "format " + FORMAT);
            Written written = Json.read(text, Written.class);
            ServiceIdentity identity =
                    ServiceIdentity.fromPem(written.certificate(), written.key(), written.trustBundle());
            InvalidValueException.unless(
                    identity.id().service().equals(Optional.of(service)),
                    "state",
                    file + ": of " + identity.id(),
                    "that of " + service);
            return Optional.of(new Kept(identity, written.issuedAt(), written.trustRevision(), written.revoked()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | MalformedJsonException e) {
            throw new InvalidValueException("state", file, "the identity that a sidecar kept, readable and whole");
        }
    }

    /**
     * Replaces what was kept.
     *
     * @throws java.io.UncheckedIOException when it cannot be written
     */
    void write(Kept kept) {
        ServiceIdentity identity = kept.identity();
        PrivateFile.write(
                file,
                Json.text(new Written(
                        FORMAT,
                        identity.certificatePem(),
                        identity.keyPem(),
                        identity.rootPem(),
                        kept.issuedAt(),
                        kept.trustRevision(),
                        kept.revoked())));
    }

    private record Format(int format) {}

    private record Written(
            int format,
            String certificate,
            String key,
            String trustBundle,
            Instant issuedAt,
            long trustRevision,
            Set<String> revoked) {

        Written {
            // What is missing is refused here.
            List<Object> _ = List.of(certificate, key, trustBundle, issuedAt, revoked);
        }

        /** Hides the key. */
        @Override
        public String toString() {
            return "Written[…]";
        }
    }
}
