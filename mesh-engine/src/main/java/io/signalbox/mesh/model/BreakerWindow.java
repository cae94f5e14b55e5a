package io.signalbox.mesh.model;

import java.time.Duration;
import java.util.Optional;

/**
 * The latest calls that a circuit judges by their shares, instead of by failures in a row.
 *
 * @param extent which calls are the latest
 * @param minimumCalls so many must be in the window before a share means anything, at least 1; of a window of calls no
 *     more than those (default 20, or the window's calls if they are fewer)
 * @param failureRate the share of failures that opens the circuit, more than 0.0 and at most 1.0 (default 0.5)
 * @param slow when slow calls open it, too; empty means never
 */
public record BreakerWindow(Extent extent, int minimumCalls, double failureRate, Optional<SlowCalls> slow) {

    public static final int DEFAULT_CALLS = 100;
    public static final Duration DEFAULT_LENGTH = Duration.ofSeconds(10);
    public static final int DEFAULT_MINIMUM = 20;
    public static final double DEFAULT_RATE = 0.5;

    private static final int MOST_CALLS = 10_000;
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** Which calls are the latest. */
    public sealed interface Extent {

        /** The last so many calls, 1..10000. */
        record Calls(int size) implements Extent {
            public Calls {
                InvalidValueException.unless(
                        size >= 1 && size <= MOST_CALLS, "circuitBreaker.window.size", size, "1.." + MOST_CALLS);
            }
        }

        /** The calls that ended within the last so many whole seconds, the current one included; 1 s to 10 min. */
        record Time(Duration size) implements Extent {
            public Time {
                InvalidValueException.unless(
                        size.equals(Duration.ofSeconds(size.toSeconds()))
                                && size.isPositive()
                                && size.compareTo(LONGEST) <= 0,
                        "circuitBreaker.window.size",
                        size,
                        "whole seconds, 1s..10m");
            }
        }
    }

    /**
     * When slow calls open a circuit.
     *
     * @param rate their share that does, more than 0.0 and at most 1.0 (default 0.5)
     * @param duration a call that takes longer until its answer's head is slow, more than zero (default 2 s)
     */
    public record SlowCalls(double rate, Duration duration) {

        public static final SlowCalls DEFAULT = new SlowCalls(DEFAULT_RATE, Duration.ofSeconds(2));

        public SlowCalls {
            checkRate("circuitBreaker.window.slowCallRate", rate);
            InvalidValueException.unless(
                    duration.isPositive(), "circuitBreaker.window.slowCallDuration", duration, "more than zero");
        }
    }

    public BreakerWindow {
        int most = extent instanceof Extent.Calls(int size) ? size : Integer.MAX_VALUE;
        InvalidValueException.unless(
                minimumCalls >= 1 && minimumCalls <= most,
                "circuitBreaker.window.minimumCalls",
                minimumCalls,
                most == Integer.MAX_VALUE ? ">= 1" : "1..size, which is " + most);
        checkRate("circuitBreaker.window.failureRate", failureRate);
    }

    private static void checkRate(String field, double rate) {
        InvalidValueException.unless(rate > 0 && rate <= 1, field, rate, "more than 0.0, at most 1.0");
    }
}
