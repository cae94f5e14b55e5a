package io.signalbox.mesh.tls;

import io.signalbox.mesh.model.InvalidValueException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** What a client of {@code https} believes: certificates that one of the given roots has signed, and no other. */
public final class TrustedRoots {

    private TrustedRoots() {}

    /** @param pem one or more roots; a refusal names the field {@code ca} */
    public static SSLContext fromPem(String pem) {
        try {
            KeyStore roots = KeyStore.getInstance(KeyStore.getDefaultType());
            roots.load(null, null);
            for (X509Certificate root : Pem.certificates("ca", pem)) {
                roots.setCertificateEntry("root-" + roots.size(), root);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(roots);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new InvalidValueException("ca", e.getMessage(), "PEM text, -----BEGIN CERTIFICATE-----");
        }
    }
}
