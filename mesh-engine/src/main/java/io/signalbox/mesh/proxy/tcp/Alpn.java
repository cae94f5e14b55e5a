package io.signalbox.mesh.proxy.tcp;

import io.signalbox.mesh.proxy.transport.Target;
import java.util.List;

/** What is spoken over a connection, as TLS handshakes call it (ALPN, RFC 7301). */
public final class Alpn {

    public static final String HTTP1 = "http/1.1";
    public static final String HTTP2 = "h2";

    /** What sidecars call a stream of bytes. */
    private static final String BYTES = "signalbox-tcp";

    private Alpn() {}

    /** What is offered or accepted for that, the best first. */
    public static List<String> of(Target.Speech speech) {
        return switch (speech) {
            case HTTP1 -> List.of(HTTP1);
            case HTTP2 -> List.of(HTTP2);
            case NEGOTIATED -> List.of(HTTP2, HTTP1);
            case BYTES -> List.of(BYTES);
        };
    }
}
