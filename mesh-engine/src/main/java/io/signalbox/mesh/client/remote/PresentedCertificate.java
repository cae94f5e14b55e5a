package io.signalbox.mesh.client.remote;

import io.signalbox.mesh.client.Fingerprint;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;

/**
 * What a server showed of itself, as a person decides on it.
 *
 * @param fingerprint what would be trusted: the authority's where that came along, else the server's own
 * @param kind whose fingerprint that is
 * @param subject of the server's own certificate, with the names that it is for
 * @param issuer who signed it
 * @param notBefore of the one with the fingerprint
 * @param notAfter of the one with the fingerprint
 */
public record PresentedCertificate(
        Fingerprint fingerprint, Kind kind, String subject, String issuer, Instant notBefore, Instant notAfter) {

    /** Whose certificate is compared. */
    public enum Kind {
        /** Of an authority, which outlives the certificates that it signs. */
        AUTHORITY,
        /** Of this server alone, so the next one will be another. */
        SERVER
    }

    /** @param chain the server's own first */
    static PresentedCertificate of(X509Certificate[] chain) {
        X509Certificate own = chain[0];
        X509Certificate last = chain[chain.length - 1];
        boolean authority = chain.length > 1 && isAuthority(last);
        X509Certificate compared = authority ? last : own;
        return new PresentedCertificate(
                Fingerprint.of(compared),
                authority ? Kind.AUTHORITY : Kind.SERVER,
                own.getSubjectX500Principal().getName(),
                own.getIssuerX500Principal().getName(),
                compared.getNotBefore().toInstant(),
                compared.getNotAfter().toInstant());
    }

    /** Whether it may sign others, and signed itself. */
    private static boolean isAuthority(X509Certificate certificate) {
        if (certificate.getBasicConstraints() < 0
                || !certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal())) {
            return false;
        }
        try {
            certificate.verify(certificate.getPublicKey());
            return true;
        } catch (GeneralSecurityException forged) {
            return false;
        }
    }
}
