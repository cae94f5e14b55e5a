package io.signalbox.mesh.model;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A disturbance that the mesh brings about on purpose in some requests to a service, so that its callers can be seen to
 * bear it.
 *
 * @param name unique in its policy; 1 to 63 letters, digits, {@code . _ -}
 * @param match whose requests it may befall (default: all)
 * @param version the only version whose requests it may befall (default: every version)
 * @param share of those, in percent, 0..100, fractions allowed (default 100)
 * @param side which sidecar brings it about (default: the service's own)
 * @param delay how long the request is held back first
 * @param end how it ends without an answer of the application, or in the middle of one
 * @param pace how the body of the application's answer is slowed down
 */
public record Fault(
        String name,
        RouteMatch match,
        Optional<String> version,
        double share,
        Side side,
        Optional<FaultDelay> delay,
        Optional<FaultEnd> end,
        Pace pace) {

    public static final double ALL = 100;

    public Fault {
        Names.version("faults.name", name);
        version.ifPresent(only -> Names.version("faults.version", only));
        InvalidValueException.unless(share >= 0 && share <= ALL, "faults.share", share, "0..100");
        InvalidValueException.unless(
                delay.isPresent() || end.isPresent() || !pace.equals(Pace.UNHINDERED),
                "faults.delay",
                "missing",
                "at least one of delay, abort, reset, drip, bandwidth");
    }

    /** Whether it may befall what goes to that version. */
    public boolean concerns(String destination) {
        return version.isEmpty() || version.get().equals(destination);
    }

    /** Which sidecar brings a fault about. */
    public enum Side {
        /** The caller's, anew for each attempt, before its retries and circuits see how the attempt went. */
        CLIENT,
        /** The one beside the application, so that every caller sees it as the application's own doing. */
        SERVER
    }

    /**
     * How fast the body of an answer passes.
     *
     * @param drip in pieces with pauses between
     * @param bytesPerSecond at most so many, at least 1
     */
    public record Pace(Optional<Drip> drip, OptionalInt bytesPerSecond) {

        public static final Pace UNHINDERED = new Pace(Optional.empty(), OptionalInt.empty());

        public Pace {
            InvalidValueException.unless(
                    bytesPerSecond.isEmpty() || bytesPerSecond.getAsInt() >= 1,
                    "bandwidth.bytesPerSecond",
                    bytesPerSecond.orElse(0),
                    ">= 1");
        }
    }

    /**
     * A body in pieces.
     *
     * @param chunk bytes of each, 1..65536
     * @param every how long after one piece the next may pass, 1 ms to 1 m
     */
    public record Drip(int chunk, Duration every) {

        private static final int MOST = 65_536;
        private static final Duration SHORTEST = Duration.ofMillis(1);

        public Drip {
            InvalidValueException.unless(chunk >= 1 && chunk <= MOST, "drip.chunk", chunk, "1..65536");
            InvalidValueException.unless(
                    every.compareTo(SHORTEST) >= 0 && every.compareTo(FaultDelay.LONGEST) <= 0,
                    "drip.every",
                    every,
                    "1ms..1m");
        }
    }
}
