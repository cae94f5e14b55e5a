package io.signalbox.mesh.whatif;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What would be otherwise for some of the requests, in one way.
 *
 * @param from what the policy in force makes of them, such as {@code v1}; empty where the kind says it all
 * @param to what the other one would, such as {@code v2}, or the name of a rule or a fault
 * @param requests how many of those that were decided again; of an estimate how many are expected, to the nearest whole
 * @param percentOfAll what share of all requests that would be, 0..100, the kept ones weighted by what they stand for;
 *     {@code null} when nobody knows how many there were
 * @param why what makes it exact, or an estimate
 * @param examples ids of such requests, the newest first, as {@code signalbox explain} takes them
 */
public record Change(
        Kind kind,
        String from,
        String to,
        long requests,
        @Nullable Double percentOfAll,
        Certainty certainty,
        String why,
        List<String> examples) {

    /** How many examples there are at most. */
    public static final int MOST_EXAMPLES = 3;

    public Change {
        examples = List.copyOf(examples);
    }

    /** In which way. */
    public enum Kind {
        /** They would go to another version. */
        VERSION,
        /** They would find no endpoint, and fail. */
        NO_ENDPOINTS,
        /** A rule would answer them by itself, or no longer, or something else. */
        ANSWER,
        /** An authorization rule would deny them. */
        DENIED,
        /** They would no longer be denied. */
        ADMITTED,
        /** A rate limit would refuse them. */
        LIMITED,
        /** A rate limit would no longer refuse them. */
        NOT_LIMITED,
        /** A circuit would have been open. */
        CIRCUIT_OPEN,
        /** A circuit would no longer have been open. */
        CIRCUIT_NOT_OPEN,
        /** They would have another time to be answered in. */
        TIMEOUT,
        /** They took longer than they would be given. */
        TIMED_OUT,
        /** They would be tried again on other terms. */
        RETRY,
        /** They, or their answers, would be changed otherwise on the way. */
        EDITS,
        /** They would be copied to a mirror. */
        MIRRORED,
        /** They would no longer be copied there. */
        NOT_MIRRORED,
        /** A fault would befall them. */
        FAULT,
        /** A fault would no longer befall them. */
        NO_FAULT
    }
}
