package io.signalbox.mesh.proxy.failure;

import io.signalbox.mesh.model.BreakerScope;
import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.proxy.filter.MeshFields;
import io.signalbox.mesh.proxy.transport.Answer;
import io.signalbox.mesh.proxy.transport.IncomingHead;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns failures into HTTP, here and nowhere else: a status, {@code x-signalbox-cause}, and problem+json (RFC 9457).
 *
 * <p>What it says is for callers: no class names, no addresses, no stack traces.
 */
public final class FailureResponder {

    /** Of a caller that left; never sent, only counted. */
    public static final int CALLER_GONE_STATUS = 499;

    static final String PROBLEM = "application/problem+json";

    private FailureResponder() {}

    /** What that caller is told: gRPC callers get a status of gRPC, in the only head there is (trailers-only). */
    public static Answer answer(ProxyFailure failure, IncomingHead head) {
        if (!GrpcStatus.isWanted(head)) {
            return answer(failure);
        }
        Cause cause = failure.cause();
        return new Answer(
                200,
                Map.of(
                        "Content-Type",
                        GrpcStatus.CONTENT_TYPE,
                        GrpcStatus.NUMBER,
                        Integer.toString(GrpcStatus.of(cause)),
                        GrpcStatus.MESSAGE,
                        GrpcStatus.message(title(cause) + ": " + detail(failure)),
                        MeshFields.CAUSE,
                        cause.wireName()),
                ByteBuffer.allocate(0));
    }

    public static Answer answer(ProxyFailure failure) {
        Cause cause = failure.cause();
        int status = status(cause);
        String body = "{\"type\":\"about:blank\",\"title\":\"" + title(cause) + "\",\"status\":" + status
                + ",\"detail\":" + quoted(detail(failure)) + ",\"cause\":\"" + cause.wireName() + "\"}";
        Duration after = retryAfter(failure);
        return new Answer(
                status,
                after == null
                        ? Map.of("Content-Type", PROBLEM, MeshFields.CAUSE, cause.wireName())
                        : Map.of(
                                "Content-Type",
                                PROBLEM,
                                MeshFields.CAUSE,
                                cause.wireName(),
                                "Retry-After",
                                Long.toString(secondsUntil(after))),
                ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)));
    }

    /** When it is worth asking again; {@code null} when nobody knows. */
    private static @Nullable Duration retryAfter(ProxyFailure failure) {
        return switch (failure) {
            case ProxyFailure.RateLimited(String _, Duration after) -> after;
            case ProxyFailure.CallerLimited(String _, Duration after) -> after;
            case ProxyFailure.BadRequest _,
                    ProxyFailure.UnknownService _,
                    ProxyFailure.NoEndpoints _,
                    ProxyFailure.BreakerOpen _,
                    ProxyFailure.TooManyAtOnce _,
                    ProxyFailure.AccessDenied _,
                    ProxyFailure.Upstream _,
                    ProxyFailure.RequestTimeout _,
                    ProxyFailure.TimeUp _,
                    ProxyFailure.PerTryTimeout _,
                    ProxyFailure.AppUnreachable _,
                    ProxyFailure.Draining _,
                    ProxyFailure.Internal _ -> null;
        };
    }

    /** The status that stands for the cause of a failure. */
    public static int status(Cause cause) {
        return switch (cause) {
            case BAD_REQUEST -> 400;
            case UNKNOWN_SERVICE -> 404;
            case CALLER_GONE -> CALLER_GONE_STATUS;
            case INTERNAL -> 500;
            case UPSTREAM_RESET, UPSTREAM_PROTOCOL, IDENTITY_MISMATCH -> 502;
            case NO_ENDPOINTS, BREAKER_OPEN, CONNECT_FAILURE, APP_UNREACHABLE, DRAINING, OVERLOADED -> 503;
            case RATE_LIMITED -> 429;
            case ACCESS_DENIED -> 403;
            case FAULT_INJECTED, REDIRECT, DIRECT_RESPONSE, MAX_FORWARDS -> throw noFailure(cause);
            case TIMEOUT, PER_TRY_TIMEOUT -> 504;
        };
    }

    private static String title(Cause cause) {
        return switch (cause) {
            case BAD_REQUEST -> "The request cannot be forwarded";
            case UNKNOWN_SERVICE -> "No such service";
            case NO_ENDPOINTS -> "No endpoint may serve";
            case BREAKER_OPEN -> "The circuit is open";
            case CONNECT_FAILURE -> "No connection to the endpoint";
            case IDENTITY_MISMATCH -> "The endpoint's identity is not proven";
            case UPSTREAM_RESET -> "The endpoint broke off";
            case UPSTREAM_PROTOCOL -> "The endpoint's answer is not valid";
            case TIMEOUT -> "The request timed out";
            case PER_TRY_TIMEOUT -> "The last attempt timed out";
            case APP_UNREACHABLE -> "The application cannot be reached";
            case CALLER_GONE -> "The caller went away";
            case DRAINING -> "The sidecar is stopping";
            case OVERLOADED -> "A limit was reached";
            case RATE_LIMITED -> "Too many requests";
            case ACCESS_DENIED -> "The caller may not do that";
            case FAULT_INJECTED, REDIRECT, DIRECT_RESPONSE, MAX_FORWARDS -> throw noFailure(cause);
            case INTERNAL -> "The mesh failed";
        };
    }

    private static IllegalArgumentException noFailure(Cause cause) {
        return new IllegalArgumentException("cause: " + cause.wireName() + " (expected: a failure of the mesh)");
    }

    private static String detail(ProxyFailure failure) {
        return switch (failure) {
            case ProxyFailure.BadRequest(String detail) -> detail;
            case ProxyFailure.UnknownService(String service) ->
                "service: " + service + " (expected: a registered name)";
            case ProxyFailure.NoEndpoints(String service, String version) ->
                "No endpoint of " + service + (version == null ? "" : ", version " + version + ",")
                        + " is healthy and serving.";
            case ProxyFailure.BreakerOpen(String service, BreakerScope scope) ->
                switch (scope) {
                    case ENDPOINT -> "The circuits of all endpoints of " + service + " that might serve refuse calls.";
                    case SERVICE -> "The circuit of " + service + " as a whole refuses calls.";
                };
            case ProxyFailure.RateLimited(String service, Duration _) ->
                "More requests to " + service + " than its rate limit allows this caller.";
            case ProxyFailure.CallerLimited(String service, Duration _) ->
                "More requests of this caller than an instance of " + service + " takes.";
            case ProxyFailure.TooManyAtOnce(String service, Duration waited) ->
                waited.isZero()
                        ? "More requests to " + service + " at once than its concurrency limit allows this caller."
                        : "No place under the concurrency limit of " + service + " within " + millis(waited) + ".";
            case ProxyFailure.AccessDenied(String service, String caller) ->
                "The policy of " + service + " does not let " + caller + " do that.";
            case ProxyFailure.Upstream(var upstream) -> sentence(upstream.detail());
            case ProxyFailure.RequestTimeout(Duration limit) ->
                "No answer within " + millis(limit) + ", retries included.";
            case ProxyFailure.TimeUp _ -> "Whoever this is done for waits no longer.";
            case ProxyFailure.PerTryTimeout(Duration limit) ->
                "The last attempt had no answer within " + millis(limit) + ".";
            case ProxyFailure.AppUnreachable(int port) ->
                "Nothing accepts connections at the application's port " + port + ".";
            case ProxyFailure.Draining _ -> "Try another instance.";
            case ProxyFailure.Internal _ -> "The sidecar's log says more.";
        };
    }

    /** Whole seconds, as the field wants them: never too few. */
    private static long secondsUntil(Duration after) {
        return Math.max(1, after.plusNanos(999_999_999).toSeconds());
    }

    private static String millis(Duration limit) {
        return limit.toMillis() + " ms";
    }

    private static String sentence(String text) {
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                json.append('\\').append((char) c);
            } else if (c < ' ' || c > '~') {
                json.append("\\u").append("%04x".formatted(c));
            } else {
                json.append((char) c);
            }
        });
        return json.append('"').toString();
    }
}
