package io.signalbox.mesh.explain;

import io.signalbox.mesh.model.RetryPolicy;
import io.signalbox.mesh.routing.RouteDecision;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a request had to go by once its version was chosen.
 *
 * @param maxAttempts 1 means that retries are off
 * @param perTryTimeout {@code null} means the timeout alone
 * @param balancing the strategy, by its name in policies
 * @param slow from when on such a request counts as slow
 */
public record Limits(
        Duration timeout, int maxAttempts, @Nullable Duration perTryTimeout, String balancing, Duration slow) {

    static Limits of(RouteDecision.Routed routed) {
        RetryPolicy retry = routed.retry();
        return new Limits(
                routed.timeout(),
                retry.enabled() ? retry.maxAttempts() : 1,
                retry.perTryTimeout().isPresent() ? retry.perTryTimeout().get() : null,
                routed.policy().balancing().strategy().wireName(),
                Duration.ofNanos(Kept.slowNanos(routed.timeout())));
    }
}
