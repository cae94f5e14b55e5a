package io.signalbox.mesh.proxy.http2.hpack;

import java.util.HashMap;
import java.util.Map;

/** Whether a field goes into the peer's table: only what comes again repays it, and secrets must not (RFC 7541, 7.1.3). */
enum Indexing {
    /** The few values that a connection sees come again. */
    AT_ONCE,
    /** May come again: indexed when it does. */
    WHEN_REPEATED,
    /** Differs each time. */
    NOT,
    /** Nobody on the way may index it. */
    NEVER,
    /** A target with a query is mostly another each time. */
    PATH,
    /** Short ones could be guessed. */
    COOKIE;

    private static final int SHORT_COOKIE = 20;

    private static final Map<String, Indexing> BY_NAME = new HashMap<>();

    static {
        all(AT_ONCE, """
            :authority :method :scheme :status accept accept-charset accept-encoding accept-language accept-ranges
            access-control-allow-credentials access-control-allow-headers access-control-allow-methods
            access-control-allow-origin access-control-expose-headers access-control-max-age alt-svc cache-control
            content-encoding content-language content-type grpc-accept-encoding grpc-encoding grpc-status host
            origin pragma server strict-transport-security te upgrade-insecure-requests user-agent vary via
            x-content-type-options x-forwarded-host x-forwarded-port x-forwarded-proto x-frame-options
            """);
        all(NOT, """
            age b3 content-length content-location content-md5 content-range date etag expires grpc-message
            grpc-timeout idempotency-key if-match if-modified-since if-none-match if-range if-unmodified-since
            last-modified location range retry-after traceparent tracestate x-amzn-trace-id
            x-cloud-trace-context x-correlation-id x-request-id x-request-start x-response-time
            x-signalbox-deadline-ms
            """);
        all(NEVER, "authorization proxy-authorization set-cookie");
        all(PATH, ":path");
        all(COOKIE, "cookie");
    }

    /** What holds for a name in lower case. */
    static Indexing of(String name) {
        return BY_NAME.getOrDefault(name, name.startsWith("x-b3-") ? NOT : WHEN_REPEATED);
    }

    /** What holds for a value under such a name: one of the first four. */
    Indexing with(String value) {
        return switch (this) {
            case AT_ONCE, WHEN_REPEATED, NOT, NEVER -> this;
            case PATH -> value.indexOf('?') < 0 ? WHEN_REPEATED : NOT;
            case COOKIE -> value.length() < SHORT_COOKIE ? NEVER : WHEN_REPEATED;
        };
    }

    private static void all(Indexing indexing, String names) {
        for (String name : names.strip().split("\\s+", -1)) {
            BY_NAME.put(name, indexing);
        }
    }
}
