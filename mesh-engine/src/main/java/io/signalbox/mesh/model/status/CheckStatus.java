package io.signalbox.mesh.model.status;

import java.util.Locale;

/**
 * One thing that a verdict on a candidate looked at.
 *
 * @param observed in the unit of the name
 * @param bound what it is held against
 * @param low where the true value begins, given all that was observed
 * @param high where it ends
 * @param line from -1 (roll back) over 0 (nothing known) to 1 (advance)
 */
public record CheckStatus(Name name, State state, double observed, double bound, double low, double high, double line) {

    /** What is looked at. */
    public enum Name {
        /** The candidate's share of failures less stable's, -1..1. */
        SUCCESS,
        /** The candidate's latency over stable's, less 1. */
        LATENCY,
        /** The candidate's share of successes, 0..1. */
        SUCCESS_RATE,
        /** The candidate's latency in seconds. */
        MAX_LATENCY,
        /** Stable's share of successes, 0..1. */
        STABLE,
        /** The candidate's requests in this step. */
        REQUESTS;

        public String words() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** How it stands. */
    public enum State {
        MET,
        OPEN,
        BROKEN;

        public String words() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
