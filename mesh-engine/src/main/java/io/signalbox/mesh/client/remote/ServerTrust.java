package io.signalbox.mesh.client.remote;

import io.signalbox.mesh.client.Fingerprint;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.tls.HostTls;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** Whom a connection believes to be the control plane behind an {@code https} address. */
public sealed interface ServerTrust {

    /** Whoever an authority of the Java runtime signed for. */
    record JavaRoots() implements ServerTrust {}

    /** @param roots PEM, the authorities to believe and no other */
    record Authorities(Path roots) implements ServerTrust {}

    /**
     * The one certificate that somebody compared, and who is signed by it.
     *
     * @param fingerprint of an authority, or of a server's own certificate where no authority came with it
     */
    record Known(Fingerprint fingerprint) implements ServerTrust {}

    /** Ready for a connection; a file that cannot be read is refused by the name {@code ca}. */
    default SSLContext context() {
        return switch (this) {
            case JavaRoots _ -> contextOf(JavaTrust.ofRuntime());
            case Authorities(Path roots) -> authorities(roots);
            case Known(Fingerprint fingerprint) -> contextOf(new KnownCertificate(fingerprint));
        };
    }

    private static SSLContext authorities(Path roots) {
        try {
            return HostTls.client(roots);
        } catch (IOException e) {
            throw new InvalidValueException("ca", roots, "a file that can be read, PEM");
        }
    }

    private static SSLContext contextOf(TrustManager trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java runtime has no TLS", e);
        }
    }
}
