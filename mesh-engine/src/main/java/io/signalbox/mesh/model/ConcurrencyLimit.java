package io.signalbox.mesh.model;

import java.time.Duration;
import java.util.Optional;

/**
 * How many requests of one caller's sidecar to a service are under way at once, and how many more wait for a place.
 *
 * @param maxInFlight at least 1
 * @param queue how many wait at most, 0..{@value #LONGEST_QUEUE} (default 0: nobody waits)
 * @param maxWait how long each of them waits at most, more than zero, at most a minute (default 100 ms)
 * @param adaptive makes the limit follow the service's latency, below {@code maxInFlight}; empty means it stands still
 */
public record ConcurrencyLimit(int maxInFlight, int queue, Duration maxWait, Optional<Adaptive> adaptive) {

    public static final int LONGEST_QUEUE = 10_000;
    public static final Duration DEFAULT_WAIT = Duration.ofMillis(100);

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final int HIGHEST = 1_000_000;

    public ConcurrencyLimit {
        InvalidValueException.unless(
                maxInFlight >= 1 && maxInFlight <= HIGHEST,
                "concurrencyLimit.maxInFlight",
                maxInFlight,
                "1.." + HIGHEST);
        InvalidValueException.unless(
                queue >= 0 && queue <= LONGEST_QUEUE, "concurrencyLimit.queue", queue, "0.." + LONGEST_QUEUE);
        InvalidValueException.unless(
                maxWait.isPositive() && maxWait.compareTo(LONGEST_WAIT) <= 0,
                "concurrencyLimit.maxWait",
                maxWait,
                "more than zero, at most 1m");
        adaptive = adaptive.map(bounds -> bounds.within(maxInFlight));
    }

    public ConcurrencyLimit following(Adaptive bounds) {
        return new ConcurrencyLimit(maxInFlight, queue, maxWait, Optional.of(bounds));
    }

    /**
     * How the limit follows the service.
     *
     * @param min the limit never falls below it, at least 1 (default 10, or {@code maxInFlight} if that is less)
     * @param initial where it begins, at least {@code min} (default 20, or what fits)
     * @param tolerance how many times its usual latency the service may need before the limit falls, 1.0..10.0 (default
     *     1.5)
     */
    public record Adaptive(int min, int initial, double tolerance) {

        public static final int DEFAULT_MIN = 10;
        public static final int DEFAULT_INITIAL = 20;
        public static final double DEFAULT_TOLERANCE = 1.5;

        public Adaptive {
            InvalidValueException.unless(min >= 1, "concurrencyLimit.adaptive.min", min, ">= 1");
            InvalidValueException.unless(
                    initial >= min, "concurrencyLimit.adaptive.initial", initial, "at least min, which is " + min);
            InvalidValueException.unless(
                    tolerance >= 1 && tolerance <= 10, "concurrencyLimit.adaptive.tolerance", tolerance, "1.0..10.0");
        }

        /** Returns this, and refuses bounds that lie above that. */
        public Adaptive within(int maxInFlight) {
            String expected = "at most maxInFlight, which is " + maxInFlight;
            InvalidValueException.unless(min <= maxInFlight, "concurrencyLimit.adaptive.min", min, expected);
            InvalidValueException.unless(
                    initial <= maxInFlight, "concurrencyLimit.adaptive.initial", initial, expected);
            return this;
        }
    }
}
