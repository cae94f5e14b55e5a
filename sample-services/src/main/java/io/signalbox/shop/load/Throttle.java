package io.signalbox.shop.load;

import java.time.Duration;

/**
 * The rate that is asked for, and how it is reached.
 *
 * <p>A shop that has just opened fills up: the rate begins at 40 a second at most and doubles every 1.5 seconds, so that
 * a cold process is not buried under a load that a warm one carries with ease.
 *
 * @param asked requests per second; 0 pauses
 * @param filling whether the shop has just opened
 * @param sinceNanos when this rate was set
 */
record Throttle(double asked, Filling filling, long sinceNanos) {

    private static final double FIRST = 40;
    private static final double DOUBLING_NANOS = Duration.ofMillis(1_500).toNanos();

    /** Requests per second at that time. */
    double rate(long nanos) {
        return switch (filling) {
            case UP -> Math.min(asked, FIRST * Math.pow(2, (nanos - sinceNanos) / DOUBLING_NANOS));
            case FULL -> asked;
        };
    }

    boolean paused() {
        return asked == 0;
    }

    /** Whether the rate still grows towards what is asked for. */
    enum Filling {
        UP,
        FULL
    }
}
