package io.signalbox.mesh.client.remote;

import io.signalbox.mesh.client.Fingerprint;
import java.security.cert.CertificateException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A server showed another certificate than the one that was compared and trusted. */
final class ChangedCertificateException extends CertificateException {

    private static final long serialVersionUID = 1L;

    private final transient Fingerprint known;
    private final transient PresentedCertificate presented;

    ChangedCertificateException(Fingerprint known, PresentedCertificate presented) {
        super("certificate: " + presented.fingerprint() + " (expected: " + known + ", which was trusted)");
        this.known = known;
        this.presented = presented;
    }

    Fingerprint known() {
        return known;
    }

    PresentedCertificate presented() {
        return presented;
    }

    /** The one among the causes of a failure, if it was that. */
    static Optional<ChangedCertificateException> in(@Nullable Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof ChangedCertificateException changed) {
                return Optional.of(changed);
            }
        }
        return Optional.empty();
    }
}
