package io.signalbox.mesh.runtime;

import io.signalbox.mesh.config.PrivateFile;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.store.StoreException;
import io.signalbox.mesh.tls.MeshCertificateAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;

/** The certificate authority in a control plane's folder: its root and key in one file, and the root alone in another. */
final class AuthorityFiles {

    /** Key and root, written as one so that they cannot part. */
    private static final String KEY = "ca-key.pem";

    /** What others are given to believe. */
    static final String ROOT = "ca.pem";

    private AuthorityFiles() {}

    /** @param trustDomain of a new one; one that is there keeps its own */
    static MeshCertificateAuthority open(Path folder, String trustDomain, InstantSource clock, SecureRandom random) {
        Path file = folder.resolve(KEY);
        MeshCertificateAuthority authority;
        if (Files.exists(file)) {
            authority = read(file, clock, random);
        } else {
            authority = MeshCertificateAuthority.toKeep(trustDomain, clock, random);
            PrivateFile.write(file, authority.toPem());
        }
        PrivateFile.write(folder.resolve(ROOT), authority.rootPem());
        return authority;
    }

    private static MeshCertificateAuthority read(Path file, InstantSource clock, SecureRandom random) {
        try {
            return MeshCertificateAuthority.fromPem(Files.readString(file), clock, random);
        } catch (IOException | InvalidValueException e) {
            throw new StoreException("certificate authority: " + file + ": " + e.getMessage()
                    + " (expected: the key and the root that were written there; put a copy in its place)");
        }
    }
}
