package io.signalbox.mesh.resilience;

import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.RetryPolicy;
import io.signalbox.mesh.time.Nanos;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The pause before a retry: exponential with full jitter, so that callers which failed together do not return together
 * (M. Brooker, "Exponential Backoff And Jitter", 2015).
 */
public final class Backoff {

    private Backoff() {}

    /**
     * Draws the pause, uniform in 0..min(max, base·2ⁿ⁻¹), both ends included.
     *
     * @param retryNumber n: 1 before the first retry
     */
    public static Duration delay(RetryPolicy.Backoff backoff, int retryNumber, RandomGenerator random) {
        InvalidValueException.unless(retryNumber >= 1, "retryNumber", retryNumber, ">= 1");
        long bound = boundNanos(Nanos.of(backoff.base()), Nanos.of(backoff.max()), retryNumber - 1);
        return Duration.ofNanos(bound == Long.MAX_VALUE ? random.nextLong(bound) : random.nextLong(bound + 1));
    }

    private static long boundNanos(long base, long max, int doublings) {
        boolean overflows = doublings >= Long.numberOfLeadingZeros(base) - 1;
        return base == 0 ? 0 : overflows ? max : Math.min(max, base << doublings);
    }
}
