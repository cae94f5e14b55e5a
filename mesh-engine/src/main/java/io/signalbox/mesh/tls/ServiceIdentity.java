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
 * What an instance proves itself with: a certificate that names its service, the key to it, and the roots it believes.
 *
 * @param chain leaf first, without the root
 * @param roots one; two while one takes the other's place
 */
public record ServiceIdentity(SpiffeId id, PrivateKey key, List<X509Certificate> chain, List<X509Certificate> roots) {

    public ServiceIdentity {
        chain = List.copyOf(chain);
        roots = List.copyOf(roots);
        InvalidValueException.unless(!chain.isEmpty(), "chain", chain, "at least the leaf certificate");
        InvalidValueException.unless(!roots.isEmpty(), "roots", roots, "at least one");
        KeyMatch.require(key, chain.getFirst());
        requireNames(id, chain.getFirst());
    }

    /**
     * Reads an identity from PEM text.
     *
     * @param certificate the leaf, followed by intermediate certificates if there are any
     * @param key PKCS #8, SEC 1 or PKCS #1, not encrypted
     * @param roots the certificate authority, or two while one takes the other's place
     * @throws InvalidValueException that names the part, if any cannot be read or they do not belong together
     */
    public static ServiceIdentity fromPem(String certificate, String key, String roots) {
        List<X509Certificate> chain = Pem.certificates("certificate", certificate);
        try {
            SpiffeId id = SubjectName.of(chain.getFirst());
            return new ServiceIdentity(id, Pem.privateKey("key", key), chain, Pem.certificates("ca", roots));
        } catch (CertificateException e) {
            throw new InvalidValueException("certificate", e.getMessage(), "one URI name, spiffe://…");
        }
    }

    /** Reads an identity from PEM files; see {@link #fromPem}. */
    public static ServiceIdentity fromFiles(Path certificate, Path key, Path root) throws IOException {
        return fromPem(Pem.read(certificate), Pem.read(key), Pem.read(root));
    }

    /** The same, believing other roots. */
    public ServiceIdentity believing(List<X509Certificate> others) {
        return new ServiceIdentity(id, key, chain, others);
    }

    /** The same, believing the roots of PEM text; a refusal names the field {@code ca}. */
    public ServiceIdentity believing(String others) {
        return believing(Pem.certificates("ca", others));
    }

    /** Throws with the reason, if no peer would believe this now. */
    public void requireBelievable(Instant now) throws CertificateException {
        X509Certificate[] shown = chain.toArray(X509Certificate[]::new);
        for (Purpose purpose : Purpose.values()) {
            trust().verify(shown, purpose, now);
        }
    }

    /** Of the leaf, in hexadecimal. */
    public String serial() {
        return chain.getFirst().getSerialNumber().toString(16);
    }

    /** Of each root that it believes: SHA-256 of it, in hexadecimal. */
    public List<String> rootFingerprints() {
        return roots.stream().map(CertificateHash::of).toList();
    }

    public MeshTrust trust() {
        return new MeshTrust(id.trustDomain(), roots);
    }

    public Instant notAfter() {
        return chain.getFirst().getNotAfter().toInstant();
    }

    /** A certificate as PEM text. */
    public static String pem(X509Certificate certificate) {
        return Pem.of(certificate);
    }

    public String certificatePem() {
        return Pem.of(chain);
    }

    public String keyPem() {
        return Pem.of(key);
    }

    public String rootPem() {
        return Pem.of(roots);
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
