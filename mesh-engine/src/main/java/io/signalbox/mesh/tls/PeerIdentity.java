package io.signalbox.mesh.tls;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * Who is at the other end of a connection, proven by a certificate.
 *
 * @param notAfter when the certificate ends
 */
public record PeerIdentity(SpiffeId id, Instant notAfter) {

    /** Reads and proves the identity of a chain, leaf first; throws with the reason if it proves none. */
    public static PeerIdentity verify(X509Certificate[] chain, MeshTrust trust, Purpose purpose, Instant now)
            throws CertificateException {
        SpiffeId id = trust.verify(chain, purpose, now);
        return new PeerIdentity(id, chain[0].getNotAfter().toInstant());
    }

    /**
     * The peer of a session that was established under a trust manager of this package.
     *
     * <p>Works for resumed sessions too, where no trust manager is asked again: there this is the check to make.
     */
    public static PeerIdentity of(SSLSession session) throws SSLPeerUnverifiedException {
        X509Certificate leaf = Arrays.stream(session.getPeerCertificates())
                .filter(X509Certificate.class::isInstance)
                .map(X509Certificate.class::cast)
                .findFirst()
                .orElseThrow(() -> new SSLPeerUnverifiedException("peer: no certificate (expected: one of the mesh)"));
        try {
            return new PeerIdentity(SubjectName.of(leaf), leaf.getNotAfter().toInstant());
        } catch (CertificateException e) {
            throw refused(e);
        }
    }

    private static SSLPeerUnverifiedException refused(CertificateException why) {
        SSLPeerUnverifiedException refused = new SSLPeerUnverifiedException(why.getMessage());
        refused.initCause(why);
        return refused;
    }

    /** Throws if the certificate has ended since, or the name is believed no more. */
    PeerIdentity stillGood(MeshTrust trust, Instant now) throws SSLPeerUnverifiedException {
        try {
            trust.requireUnrevoked(id);
        } catch (CertificateException e) {
            throw refused(e);
        }
        if (now.isAfter(notAfter)) {
            throw new SSLPeerUnverifiedException(
                    "peer: certificate of " + id + " ended at " + notAfter + " (expected: one that is valid now)");
        }
        return this;
    }

    /** Throws unless the peer is exactly the one expected. */
    public void require(SpiffeId expected) throws SSLPeerUnverifiedException {
        if (!id.equals(expected)) {
            throw new SSLPeerUnverifiedException("peer: " + id + " (expected: " + expected + ")");
        }
    }
}
