package io.signalbox.mesh.proxy.failure;

import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.proxy.transport.IncomingHead;
import io.signalbox.mesh.proxy.transport.MessageHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/** What gRPC says instead of an HTTP status: a number, and a text in ASCII. */
public final class GrpcStatus {

    static final String CONTENT_TYPE = "application/grpc";
    static final String NUMBER = "grpc-status";
    static final String MESSAGE = "grpc-message";

    private static final int CANCELLED = 1;
    private static final int UNKNOWN = 2;
    private static final int INVALID_ARGUMENT = 3;
    private static final int DEADLINE_EXCEEDED = 4;
    private static final int PERMISSION_DENIED = 7;
    private static final int RESOURCE_EXHAUSTED = 8;
    private static final int UNIMPLEMENTED = 12;
    private static final int INTERNAL = 13;
    private static final int UNAVAILABLE = 14;
    private static final int UNAUTHENTICATED = 16;

    /**
     * Those for which the endpoint, and not its caller, is at fault: UNKNOWN, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED,
     * INTERNAL, UNAVAILABLE, DATA_LOSS.
     */
    private static final Set<String> FAILURES = Set.of("2", "4", "8", "13", "14", "15");

    private GrpcStatus() {}

    /** Whether the head or the trailers of an answer hold a status that counts as a failure of the endpoint. */
    public static boolean isFailure(MessageHeaders fields) {
        String status = fields.first(NUMBER);
        return status != null && FAILURES.contains(status);
    }

    /** Whether the caller speaks gRPC, and so reads a status of gRPC alone. */
    static boolean isWanted(IncomingHead head) {
        String type = head.headers().first("Content-Type");
        return type != null && type.toLowerCase(Locale.ROOT).startsWith(CONTENT_TYPE);
    }

    static int of(Cause cause) {
        return switch (cause) {
            case BAD_REQUEST -> INVALID_ARGUMENT;
            case UNKNOWN_SERVICE -> UNIMPLEMENTED;
            case NO_ENDPOINTS,
                    BREAKER_OPEN,
                    CONNECT_FAILURE,
                    IDENTITY_MISMATCH,
                    UPSTREAM_RESET,
                    APP_UNREACHABLE,
                    DRAINING,
                    OVERLOADED -> UNAVAILABLE;
            case RATE_LIMITED -> RESOURCE_EXHAUSTED;
            case ACCESS_DENIED -> PERMISSION_DENIED;
            case FAULT_INJECTED, REDIRECT, DIRECT_RESPONSE, MAX_FORWARDS ->
                throw new IllegalArgumentException("cause: " + cause.wireName() + " (expected: a failure of the mesh)");
            case TIMEOUT, PER_TRY_TIMEOUT -> DEADLINE_EXCEEDED;
            case CALLER_GONE -> CANCELLED;
            case UPSTREAM_PROTOCOL, INTERNAL -> INTERNAL;
        };
    }

    /** The one that stands for a status of HTTP (gRPC's mapping of HTTP statuses). */
    static int of(int httpStatus) {
        return switch (httpStatus) {
            case 400 -> INTERNAL;
            case 401 -> UNAUTHENTICATED;
            case 403 -> PERMISSION_DENIED;
            case 404 -> UNIMPLEMENTED;
            case 429, 502, 503, 504 -> UNAVAILABLE;
            default -> UNKNOWN;
        };
    }

    /** Percent-encodes what may not stand in a field (gRPC over HTTP/2, Responses). */
    static String message(String text) {
        StringBuilder encoded = new StringBuilder(text.length());
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            if (octet >= ' ' && octet <= '~' && octet != '%') {
                encoded.append((char) octet);
            } else {
                encoded.append('%').append("%02X".formatted(octet & 0xff));
            }
        }
        return encoded.toString();
    }
}
