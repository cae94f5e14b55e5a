package io.signalbox.mesh.tls;

import io.signalbox.mesh.model.InvalidValueException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * What an instance proves itself with: a certificate that names its service, the key to it, and the root it believes.
 *
 * @param chain leaf first, without the root
 */
public record ServiceIdentity(SpiffeId id, PrivateKey key, List<X509Certificate> chain, X509Certificate root) {

    public ServiceIdentity {
        chain = List.copyOf(chain);
        InvalidValueException.unless(!chain.isEmpty(), "chain", chain, "at least the leaf certificate");
        KeyMatch.require(key, chain.getFirst());
        requireNames(id, chain.getFirst());
    }

    /**
     * Reads an identity from PEM text.
     *
     * @param certificate the leaf, followed by intermediate certificates if there are any
     * @param key PKCS #8, SEC 1 or PKCS #1, not encrypted
     * @param root the certificate authority
     * @throws InvalidValueException that names the part, if any cannot be read or they do not belong together
     */
    public static ServiceIdentity fromPem(String certificate, String key, String root) {
        List<X509Certificate> chain = Pem.certificates("certificate", certificate);
        try {
            SpiffeId id = SubjectName.of(chain.getFirst());
            List<X509Certificate> roots = Pem.certificates("ca", root);
            InvalidValueException.unless(roots.size() == 1, "ca", roots.size() + " certificates", "exactly one");
            return new ServiceIdentity(id, Pem.privateKey("key", key), chain, roots.getFirst());
        } catch (CertificateException e) {
            throw new InvalidValueException("certificate", e.getMessage(), "one URI name, spiffe://…");
        }
    }

    /** Reads an identity from PEM files; see {@link #fromPem}. */
    public static ServiceIdentity fromFiles(Path certificate, Path key, Path root) throws IOException {
        return fromPem(Pem.read(certificate), Pem.read(key), Pem.read(root));
    }

    public MeshTrust trust() {
        return new MeshTrust(id.trustDomain(), root);
    }

    public Instant notAfter() {
        return chain.getFirst().getNotAfter().toInstant();
    }

    /** A certificate as PEM text. */
    public static String pem(X509Certificate certificate) {
        return Pem.of(certificate);
    }

    public String certificatePem() {
        StringBuilder pem = new StringBuilder();
        chain.forEach(link -> pem.append(Pem.of(link)));
        return pem.toString();
    }

    public String keyPem() {
        return Pem.of(key);
    }

    public String rootPem() {
        return Pem.of(root);
    }

    /** A key store in memory with the key and its chain as its one entry, for libraries that want one. */
    public KeyStore keyStore(char[] password) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("identity", key, password, chain.toArray(Certificate[]::new));
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("This Java runtime cannot hold the key of " + id, e);
        }
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "ServiceIdentity[" + id + " until " + notAfter() + "]";
    }

    private static void requireNames(SpiffeId id, X509Certificate leaf) {
        try {
            SpiffeId named = SubjectName.of(leaf);
            InvalidValueException.unless(named.equals(id), "certificate", named, id.toString());
        } catch (CertificateException e) {
            throw new InvalidValueException("certificate", e.getMessage(), id.toString());
        }
    }
}
