package io.signalbox.mesh.canary;

import io.signalbox.mesh.model.InvalidValueException;

/**
 * One thing that a verdict looked at, with its numbers; none of them is ever NaN.
 *
 * @param observed as the name says; 0 when nothing was observed
 * @param bound what it is held against
 * @param low where the true value begins, given all that was observed
 * @param high where it ends
 */
public record Check(Name name, State state, double observed, double bound, double low, double high, Position position) {

    public Check {
        finite("observed", observed);
        finite("bound", bound);
        finite("low", low);
        finite("high", high);
        InvalidValueException.unless(low <= high, "low", low, "no more than high");
    }

    private static void finite(String name, double value) {
        InvalidValueException.unless(Double.isFinite(value), name, value, "a finite number");
    }

    /** What is looked at. */
    public enum Name {
        /** The candidate's share of failures less stable's, −1..1, against the margin. */
        SUCCESS,
        /** The candidate's latency at the quantile over stable's, less 1 (0.3 is 30 % longer), against the margin. */
        LATENCY,
        /** The candidate's share of successes, 0..1, against the fixed threshold. */
        SUCCESS_RATE,
        /** The candidate's latency at the quantile, in seconds, against the fixed threshold. */
        MAX_LATENCY,
        /** Stable's share of successes, 0..1, against its objective. */
        STABLE,
        /** The candidate's requests in this step, against the least. */
        REQUESTS
    }

    /** How a check stands. */
    public enum State {
        /** Holds: nothing here keeps the rollout from the next step. */
        MET,
        /** Not known well enough yet. */
        OPEN,
        /** Broken, by evidence. */
        BROKEN
    }
}
