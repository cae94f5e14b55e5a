package io.signalbox.mesh.model;

import java.time.Duration;

/**
 * When a circuit opens and how it recovers.
 *
 * @param failureThreshold failures in a row that open it, at least 1 (default 5)
 * @param successThreshold successful trials that close it again, 1..{@code halfOpenRequests} (default 2)
 * @param openDuration how long it refuses before the first trial, more than zero (default 60 s)
 * @param halfOpenRequests trials let through while half-open, at least 1 (default 3)
 */
public record CircuitBreakerConfig(
        int failureThreshold, int successThreshold, Duration openDuration, int halfOpenRequests) {

    public static final CircuitBreakerConfig DEFAULT = new CircuitBreakerConfig(5, 2, Duration.ofSeconds(60), 3);

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
    }
}
