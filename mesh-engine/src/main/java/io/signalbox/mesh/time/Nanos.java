package io.signalbox.mesh.time;

import java.time.Duration;

/** Durations as nanoseconds that fit a {@code long}; those too long (292 years) count as the longest that fits. */
public final class Nanos {

    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);
    private static final long FARTHEST = Long.MAX_VALUE / 2;

    private Nanos() {}

    public static long of(Duration duration) {
        return duration.compareTo(LONGEST) >= 0 ? Long.MAX_VALUE : duration.toNanos();
    }

    /** The moment that lies so far ahead; more than a century counts as a century and a half. */
    public static long ahead(long now, Duration duration) {
        return now + Math.min(of(duration), FARTHEST);
    }
}
