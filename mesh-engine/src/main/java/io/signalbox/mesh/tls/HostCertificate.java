package io.signalbox.mesh.tls;

import io.signalbox.mesh.model.InvalidValueException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * What a server proves its host name with.
 *
 * @param chain leaf first
 */
public record HostCertificate(PrivateKey key, List<X509Certificate> chain) {

    public HostCertificate {
        chain = List.copyOf(chain);
        InvalidValueException.unless(!chain.isEmpty(), "chain", chain, "at least the leaf certificate");
        KeyMatch.require(key, chain.getFirst());
    }

    /** Reads PEM files: the leaf with what leads from it to a root, and its key, not encrypted. */
    public static HostCertificate fromFiles(Path certificate, Path key) throws IOException {
        return new HostCertificate(
                Pem.privateKey("tls-key", Pem.read(key)), Pem.certificates("tls-cert", Pem.read(certificate)));
    }

    public Instant notAfter() {
        return chain.getFirst().getNotAfter().toInstant();
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "HostCertificate[" + chain.getFirst().getSubjectX500Principal() + " until " + notAfter() + "]";
    }
}
