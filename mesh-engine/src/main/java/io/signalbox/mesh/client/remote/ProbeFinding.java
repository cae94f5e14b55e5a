package io.signalbox.mesh.client.remote;

import io.signalbox.mesh.client.Fingerprint;
import java.time.Duration;

/** What one stage of a {@link ConnectionProbe} found. */
public sealed interface ProbeFinding {

    Stage stage();

    /** How long the stage took. */
    Duration took();

    /** What is looked at, in order; the first that fails ends the test. */
    enum Stage {
        NAME,
        TCP,
        TLS,
        TOKEN,
        VERSION
    }

    /** @param found what is so, such as an address or a protocol's version */
    record Passed(Stage stage, Duration took, String found) implements ProbeFinding {}

    /** @param why in words for a person */
    record Failed(Stage stage, Duration took, Trouble trouble, String why) implements ProbeFinding {}

    /** The server proves itself with a certificate that nothing here knows: somebody has to compare it. */
    record Unknown(Stage stage, Duration took, PresentedCertificate presented) implements ProbeFinding {}

    /** The server shows another certificate than the one that was compared. */
    record Changed(Stage stage, Duration took, Fingerprint known, PresentedCertificate presented)
            implements ProbeFinding {}

    /** What went wrong, by what helps against it. */
    enum Trouble {
        /** No such host. */
        NO_SUCH_NAME,
        /** Nothing listens on the port. */
        REFUSED,
        /** Nobody answered in time, as behind a firewall. */
        NO_ANSWER,
        /** Plain text to another machine. */
        PLAIN,
        /** Whatever listens speaks no TLS. */
        NO_TLS,
        /** The certificate is for other names. */
        OTHER_NAME,
        /** The certificate ended, or begins later. */
        NOT_VALID_NOW,
        /** The certificate is not believed, and not for want of knowing it. */
        NOT_BELIEVED,
        /** The file with the roots cannot be read. */
        NO_ROOTS,
        /** There is no token. */
        NO_TOKEN,
        /** The token is unknown, expired, revoked or used. */
        TOKEN_REFUSED,
        /** The token may not read. */
        TOKEN_TOO_WEAK,
        /** The server is not called by this name. */
        OTHER_HOST,
        /** Something else than a control plane answers. */
        NO_CONTROL_PLANE,
        /** A control plane whose interface this program does not know. */
        OTHER_VERSION
    }
}
