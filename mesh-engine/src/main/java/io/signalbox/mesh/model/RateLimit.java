package io.signalbox.mesh.model;

import java.time.Duration;

/**
 * How many requests of one caller go to a service.
 *
 * @param requests so many in each {@code per}, at least 1
 * @param per more than zero, at most an hour (default 1 s)
 * @param burst so many at once after a pause, at least 1 (default: {@code requests})
 */
public record RateLimit(int requests, Duration per, int burst) {

    public static final Duration DEFAULT_PER = Duration.ofSeconds(1);

    private static final Duration LONGEST = Duration.ofHours(1);

    public RateLimit {
        InvalidValueException.unless(requests >= 1, "rateLimit.requests", requests, ">= 1");
        InvalidValueException.unless(
                per.isPositive() && per.compareTo(LONGEST) <= 0, "rateLimit.per", per, "more than zero, at most 1h");
        InvalidValueException.unless(burst >= 1, "rateLimit.burst", burst, ">= 1");
    }
}
