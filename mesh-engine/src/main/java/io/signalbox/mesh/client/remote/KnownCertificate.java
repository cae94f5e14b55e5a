package io.signalbox.mesh.client.remote;

import io.signalbox.mesh.client.Fingerprint;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLEngine;

/**
 * Believes a chain that holds one certificate that a person compared. Where that is an authority, what it signed is
 * checked in full, the host name too; where it is the server's own, it is that and no other.
 */
final class KnownCertificate extends OnlyServers {

    private final Fingerprint known;

    KnownCertificate(Fingerprint known) {
        this.known = known;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        Optional<X509Certificate> authority = authority(chain);
        if (authority.isPresent()) {
            JavaTrust.of(authority.get()).checkServerTrusted(chain, authType, engine);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        Optional<X509Certificate> authority = authority(chain);
        if (authority.isPresent()) {
            JavaTrust.of(authority.get()).checkServerTrusted(chain, authType, socket);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("host: none (expected: a connection whose host name can be checked)");
    }

    /** The known authority of the chain; empty where the known one is the server's own, which is enough. */
    private Optional<X509Certificate> authority(X509Certificate[] chain) throws CertificateException {
        X509Certificate found = Arrays.stream(chain)
                .filter(certificate -> Fingerprint.of(certificate).equals(known))
                .findFirst()
                .orElse(null);
        if (found == null) {
            throw new ChangedCertificateException(known, PresentedCertificate.of(chain));
        }
        if (found.equals(chain[0])) {
            found.checkValidity();
            return Optional.empty();
        }
        return Optional.of(found);
    }
}
