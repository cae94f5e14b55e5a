package io.signalbox.mesh.resilience;

import java.time.Duration;

/** Durations as nanoseconds that fit a {@code long}; those too long (292 years) count as the longest that fits. */
final class Nanos {

    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    private Nanos() {}

    static long of(Duration duration) {
        return duration.compareTo(LONGEST) >= 0 ? Long.MAX_VALUE : duration.toNanos();
    }
}
