package io.signalbox.mesh.proxy.failure;

import io.signalbox.mesh.model.BreakerScope;
import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.proxy.transport.UpstreamFailure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Why the proxy cannot pass on an answer of the application. */
public sealed interface ProxyFailure {

    record BadRequest(String detail) implements ProxyFailure {

        public static BadRequest noTunnels() {
            return new BadRequest("method: CONNECT (expected: a method with a path)");
        }
    }

    record UnknownService(String service) implements ProxyFailure {}

    /** @param version the one that was chosen; {@code null} means any */
    record NoEndpoints(String service, @Nullable String version) implements ProxyFailure {}

    /** @param scope whether one circuit stands for the service, or one for each endpoint */
    record BreakerOpen(String service, BreakerScope scope) implements ProxyFailure {}

    /** @param retryAfter when the next request would be let through */
    record RateLimited(String service, Duration retryAfter) implements ProxyFailure {}

    /**
     * The service's own sidecar takes no more of this caller for now.
     *
     * @param retryAfter when it would take the next request
     */
    record CallerLimited(String service, Duration retryAfter) implements ProxyFailure {}

    /**
     * The service's policy does not let this caller do that.
     *
     * @param caller as its certificate proves it
     */
    record AccessDenied(String service, String caller) implements ProxyFailure {}

    /** @param waited how long it waited for a place; zero when the queue had none either */
    record TooManyAtOnce(String service, Duration waited) implements ProxyFailure {}

    record Upstream(UpstreamFailure failure) implements ProxyFailure {}

    record RequestTimeout(Duration limit) implements ProxyFailure {}

    /** The time was over before anything was asked. */
    record TimeUp() implements ProxyFailure {}

    record PerTryTimeout(Duration limit) implements ProxyFailure {}

    /** The sidecar's own application could not be connected to. */
    record AppUnreachable(int port) implements ProxyFailure {}

    record Draining() implements ProxyFailure {}

    /** A defect; what it is goes to the log and not to the caller. */
    record Internal() implements ProxyFailure {}

    default Cause cause() {
        return switch (this) {
            case BadRequest _ -> Cause.BAD_REQUEST;
            case UnknownService _ -> Cause.UNKNOWN_SERVICE;
            case NoEndpoints _ -> Cause.NO_ENDPOINTS;
            case BreakerOpen _ -> Cause.BREAKER_OPEN;
            case RateLimited _, CallerLimited _ -> Cause.RATE_LIMITED;
            case AccessDenied _ -> Cause.ACCESS_DENIED;
            case TooManyAtOnce _ -> Cause.OVERLOADED;
            case Upstream(UpstreamFailure failure) -> causeOf(failure);
            case RequestTimeout _, TimeUp _ -> Cause.TIMEOUT;
            case PerTryTimeout _ -> Cause.PER_TRY_TIMEOUT;
            case AppUnreachable _ -> Cause.APP_UNREACHABLE;
            case Draining _ -> Cause.DRAINING;
            case Internal _ -> Cause.INTERNAL;
        };
    }

    private static Cause causeOf(UpstreamFailure failure) {
        return switch (failure) {
            case UpstreamFailure.ConnectFailed _, UpstreamFailure.NotTaken _ -> Cause.CONNECT_FAILURE;
            case UpstreamFailure.IdentityRefused _ -> Cause.IDENTITY_MISMATCH;
            case UpstreamFailure.Overloaded _ -> Cause.OVERLOADED;
            case UpstreamFailure.Reset _, UpstreamFailure.Stalled _ -> Cause.UPSTREAM_RESET;
            case UpstreamFailure.ProtocolError _ -> Cause.UPSTREAM_PROTOCOL;
        };
    }
}
