package io.signalbox.mesh.autopsy;

import io.signalbox.mesh.resilience.Replayed.Certainty;
import org.jspecify.annotations.Nullable;

/**
 * What one other setting had made of the recorded calls.
 *
 * @param field of the policy's {@code circuitBreaker}, such as {@code window.minimumCalls}
 * @param value as a policy would have it
 * @param actual what it was; {@code none} when it was not there
 * @param certainty exact is what follows from what was recorded
 * @param byNanos how much sooner or later, for those outcomes
 * @param call which of the autopsy's calls it opens at, from 1, for the first two outcomes; {@code null} where that one
 *     is no longer told
 * @param calls how many of those refused came while a trial would have been due, for that outcome
 */
public record Counterfactual(
        String field,
        String value,
        String actual,
        Outcome outcome,
        Certainty certainty,
        @Nullable Long byNanos,
        @Nullable Integer call,
        @Nullable Long calls) {

    /** What the circuit does. */
    public enum Outcome {
        /** It opens at the same call. */
        OPENS_AS_WELL,
        OPENS_SOONER,
        /** It opens before the first of the calls that are kept. */
        OPENS_BEFORE,
        /** It opens at one of the calls that were under way when it did. */
        OPENS_LATER,
        /** It is still closed after all that is recorded. */
        STAYS_CLOSED,
        /** Its first trial comes sooner. */
        TRIES_SOONER,
        /** Too few calls are kept to tell. */
        UNKNOWN
    }
}
