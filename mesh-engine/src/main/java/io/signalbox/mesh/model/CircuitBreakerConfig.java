package io.signalbox.mesh.model;

import java.time.Duration;
import java.util.Optional;

/**
 * When a circuit opens and how it recovers.
 *
 * @param failureThreshold failures in a row that open it, at least 1 (default 5); where there is a window it means nothing
 *     and is the default
 * @param successThreshold successful trials that close it again, 1..{@code halfOpenRequests} (default 2)
 * @param openDuration how long it refuses before the first trial, more than zero (default 60 s)
 * @param halfOpenRequests trials let through while half-open, at least 1 (default 3)
 * @param window the latest calls, whose shares open it instead; empty means failures in a row
 * @param scope what one circuit stands for (default: an endpoint)
 */
public record CircuitBreakerConfig(
        int failureThreshold,
        int successThreshold,
        Duration openDuration,
        int halfOpenRequests,
        Optional<BreakerWindow> window,
        BreakerScope scope) {

    private static final int DEFAULT_FAILURES = 5;

    public static final CircuitBreakerConfig DEFAULT =
            new CircuitBreakerConfig(DEFAULT_FAILURES, 2, Duration.ofSeconds(60), 3);

    public CircuitBreakerConfig {
        InvalidValueException.unless(
                failureThreshold >= 1, "circuitBreaker.failureThreshold", failureThreshold, ">= 1");
        InvalidValueException.unless(
                halfOpenRequests >= 1, "circuitBreaker.halfOpenRequests", halfOpenRequests, ">= 1");
        InvalidValueException.unless(
                successThreshold >= 1 && successThreshold <= halfOpenRequests,
                "circuitBreaker.successThreshold",
                successThreshold,
                "1..halfOpenRequests, which is " + halfOpenRequests);
        InvalidValueException.unless(
                openDuration.isPositive(), "circuitBreaker.openDuration", openDuration, "more than zero");
        failureThreshold = window.isPresent() ? DEFAULT_FAILURES : failureThreshold;
        // An older sidecar tells of none.
        scope = scope == null ? BreakerScope.ENDPOINT : scope;
    }

    /** One circuit for each endpoint, which counts failures in a row. */
    public CircuitBreakerConfig(
            int failureThreshold, int successThreshold, Duration openDuration, int halfOpenRequests) {
        this(
                failureThreshold,
                successThreshold,
                openDuration,
                halfOpenRequests,
                Optional.empty(),
                BreakerScope.ENDPOINT);
    }

    public CircuitBreakerConfig withWindow(BreakerWindow newWindow) {
        return new CircuitBreakerConfig(
                failureThreshold, successThreshold, openDuration, halfOpenRequests, Optional.of(newWindow), scope);
    }

    public CircuitBreakerConfig withScope(BreakerScope newScope) {
        return new CircuitBreakerConfig(
                failureThreshold, successThreshold, openDuration, halfOpenRequests, window, newScope);
    }
}
