package io.signalbox.mesh.tls;

import io.signalbox.mesh.model.InvalidValueException;
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
import java.util.stream.Collectors;

/**
 * Whom a member of the mesh believes: certificates that a root of the mesh signed, for names in its trust domain.
 *
 * <p>The roots are the only anchors: the platform's certificate authorities count for nothing here.
 *
 * @param roots one; two while one takes the other's place
 * @param revoked names that are believed no more, whatever proves them
 */
public record MeshTrust(String trustDomain, List<X509Certificate> roots, Set<SpiffeId> revoked) {

    private static final int DIGITAL_SIGNATURE = 0;

    public MeshTrust {
        SpiffeId.trustDomain(trustDomain);
        roots = List.copyOf(roots);
        revoked = Set.copyOf(revoked);
        InvalidValueException.unless(!roots.isEmpty(), "roots", "none", "at least one");
    }

    /** Nobody is revoked. */
    public MeshTrust(String trustDomain, List<X509Certificate> roots) {
        this(trustDomain, roots, Set.of());
    }

    /** Throws for a name that is believed no more. */
    void requireUnrevoked(SpiffeId id) throws CertificateException {
        if (revoked.contains(id)) {
            throw new CertificateException("certificate: " + id + " (expected: an identity that is not revoked)");
        }
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
        requireUnrevoked(id);
        return id;
    }

    private void requirePath(X509Certificate[] chain, Instant now) throws CertificateException {
        List<X509Certificate> belowRoot =
                Arrays.stream(chain).takeWhile(link -> !roots.contains(link)).toList();
        if (belowRoot.isEmpty()) {
            throw new CertificateException("certificate: the mesh's root (expected: one that the root signed)");
        }
        try {
            PKIXParameters parameters = new PKIXParameters(anchors(now));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now));
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(belowRoot), parameters);
        } catch (GeneralSecurityException e) {
            throw new CertificateException(
                    "certificate of " + chain[0].getSubjectX500Principal() + ": " + e.getMessage()
                            + " (expected: one that is valid now and that the mesh's root signed)",
                    e);
        }
    }

    /** The roots that are valid now; with none of them left, the first one says why. */
    private Set<TrustAnchor> anchors(Instant now) throws CertificateException {
        Set<TrustAnchor> valid = roots.stream()
                .filter(root -> !now.isBefore(root.getNotBefore().toInstant())
                        && !now.isAfter(root.getNotAfter().toInstant()))
                .map(root -> new TrustAnchor(root, null))
                .collect(Collectors.toSet());
        if (valid.isEmpty()) {
            roots.getFirst().checkValidity(Date.from(now));
        }
        return valid;
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
