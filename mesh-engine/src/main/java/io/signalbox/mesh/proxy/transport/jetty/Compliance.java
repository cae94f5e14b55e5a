package io.signalbox.mesh.proxy.transport.jetty;

import org.eclipse.jetty.http.HttpCompliance;

/** How strictly messages are read. */
final class Compliance {

    /**
     * RFC 9110 to the letter, which refuses a length beside a transfer coding; only {@code Host} may differ from an
     * absolute-form target, which a proxy has to put right itself (RFC 9112, 3.2.2).
     */
    static final HttpCompliance PROXY =
            HttpCompliance.RFC9110.with("PROXY", HttpCompliance.Violation.MISMATCHED_AUTHORITY);

    private Compliance() {}
}
