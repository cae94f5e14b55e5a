package io.signalbox.mesh.runtime;

import io.signalbox.mesh.config.PrivateFile;
import io.signalbox.mesh.controlplane.RootKeys;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.store.StoreException;
import io.signalbox.mesh.store.Transaction;
import io.signalbox.mesh.tls.MeshCertificateAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The certificate authority in a control plane's folder: its root and key in one file, so that they cannot part, those that
 * are to take their place in another, and the roots alone in a third. Changed by one thread at a time.
 */
final class AuthorityFiles implements RootKeys {

    static final String KEY = "ca-key.pem";
    static final String NEXT = "ca-next-key.pem";

    /** What others are given to believe. */
    static final String ROOT = "ca.pem";

    private final Path folder;
    private final InstantSource clock;
    private final SecureRandom random;
    private volatile MeshCertificateAuthority current;
    private volatile Optional<MeshCertificateAuthority> next;

    private AuthorityFiles(Path folder, String trustDomain, InstantSource clock, SecureRandom random) {
        this.folder = folder;
        this.clock = clock;
        this.random = random;
        Path file = folder.resolve(KEY);
        if (Files.exists(file)) {
            current = read(file, clock, random);
        } else {
            current = MeshCertificateAuthority.toKeep(trustDomain, clock, random);
            PrivateFile.write(file, current.toPem());
        }
        Path other = folder.resolve(NEXT);
        next = Files.exists(other) ? Optional.of(read(other, clock, random)) : Optional.empty();
    }

    /** @param trustDomain of a new one; one that is there keeps its own */
    static AuthorityFiles open(Path folder, String trustDomain, InstantSource clock, SecureRandom random) {
        return new AuthorityFiles(folder, trustDomain, clock, random);
    }

    @Override
    public MeshCertificateAuthority current() {
        return current;
    }

    @Override
    public Optional<MeshCertificateAuthority> next() {
        return next;
    }

    @Override
    public Made makeNext() {
        MeshCertificateAuthority made = MeshCertificateAuthority.toKeep(current.trustDomain(), clock, random);
        PrivateFile.write(folder.resolve(NEXT), made.toPem());
        next = Optional.of(made);
        return new Made(made, Transaction.EMPTY);
    }

    @Override
    public void promote() {
        try {
            Files.move(
                    folder.resolve(NEXT),
                    folder.resolve(KEY),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new StoreException("certificate authority: " + folder.resolve(NEXT) + " cannot take the place of "
                    + folder.resolve(KEY) + " (expected: a folder that can be written): " + e.getMessage());
        }
        current = next.orElseThrow();
        next = Optional.empty();
    }

    @Override
    public void publish(String bundle) {
        publish(folder, bundle);
    }

    /** A file that says so already is left: a start needs no room on a disk that is full. */
    static void publish(Path folder, String bundle) {
        Path file = folder.resolve(ROOT);
        try {
            if (Files.exists(file) && Files.readString(file).equals(bundle)) {
                return;
            }
        } catch (IOException unreadable) {
            // then it is written anew
        }
        PrivateFile.write(file, bundle);
    }

    static MeshCertificateAuthority read(Path file, InstantSource clock, SecureRandom random) {
        try {
            return MeshCertificateAuthority.fromPem(Files.readString(file), clock, random);
        } catch (IOException | InvalidValueException e) {
            throw new StoreException("certificate authority: " + file + ": " + e.getMessage()
                    + " (expected: the key and the root that were written there; put a copy in its place)");
        }
    }
}
