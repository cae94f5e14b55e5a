package io.signalbox.mesh.tls;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Set;

/**
 * Whom a member of the mesh believes: certificates that the mesh's root signed, for names in its trust domain.
 *
 * <p>The root is the only anchor: the platform's certificate authorities count for nothing here.
 */
public record MeshTrust(String trustDomain, X509Certificate root) {

    private static final int DIGITAL_SIGNATURE = 0;

    public MeshTrust {
        SpiffeId.trustDomain(trustDomain);
    }

    /** Returns the identity that the chain proves, leaf first; throws if it proves none. */
    SpiffeId verify(X509Certificate[] chain, Purpose purpose, Instant now) throws CertificateException {
        if (chain.length == 0) {
            throw new CertificateException("certificate: none was shown (expected: a certificate of the mesh)");
        }
        requirePath(chain, now);
        X509Certificate leaf = chain[0];
        requireUsage(leaf, purpose);
        SpiffeId id = SubjectName.of(leaf);
        if (!id.trustDomain().equals(trustDomain)) {
            throw new CertificateException(
                    "certificate: " + id + " (expected: a name in the trust domain " + trustDomain + ")");
        }
        return id;
    }

    private void requirePath(X509Certificate[] chain, Instant now) throws CertificateException {
        List<X509Certificate> belowRoot =
                Arrays.stream(chain).takeWhile(link -> !link.equals(root)).toList();
        if (belowRoot.isEmpty()) {
            throw new CertificateException("certificate: the mesh's root (expected: one that the root signed)");
        }
        try {
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(root, null)));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now));
            root.checkValidity(Date.from(now));
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(belowRoot), parameters);
        } catch (GeneralSecurityException e) {
            throw new CertificateException(
                    "certificate of " + chain[0].getSubjectX500Principal() + ": " + e.getMessage()
                            + " (expected: one that is valid now and that the mesh's root signed)",
                    e);
        }
    }

    private static void requireUsage(X509Certificate leaf, Purpose purpose) throws CertificateException {
        if (leaf.getBasicConstraints() >= 0) {
            throw new CertificateException("certificate: an authority's (expected: a workload's)");
        }
        boolean[] usage = leaf.getKeyUsage();
        if (usage != null && !usage[DIGITAL_SIGNATURE]) {
            throw new CertificateException("certificate: key usage (expected: digitalSignature)");
        }
        List<String> purposes = leaf.getExtendedKeyUsage();
        if (purposes != null && !purposes.contains(purpose.extendedKeyUsage())) {
            throw new CertificateException("certificate: extended key usage " + purposes + " (expected: " + purpose
                    + " " + purpose.extendedKeyUsage() + ")");
        }
    }
}
