package io.signalbox.mesh.client.remote;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** The Java runtime's own check of a chain, which also looks at the host name. */
final class JavaTrust {

    private JavaTrust() {}

    /** Believes the roots that came with the runtime. */
    static X509ExtendedTrustManager ofRuntime() {
        return believing(null);
    }

    /** Believes one root. */
    static X509ExtendedTrustManager of(X509Certificate root) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("root", root);
            return believing(store);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("This Java runtime cannot hold certificates", e);
        }
    }

    private static X509ExtendedTrustManager believing(@Nullable KeyStore roots) {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(roots);
            return Arrays.stream(factory.getTrustManagers())
                    .filter(X509ExtendedTrustManager.class::isInstance)
                    .map(X509ExtendedTrustManager.class::cast)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("This Java runtime checks no certificates"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java runtime checks no certificates", e);
        }
    }
}
