package io.signalbox.mesh.resilience;

import io.signalbox.mesh.model.BreakerState;
import java.time.Instant;

/**
 * A move of a circuit from one state to another.
 *
 * @param sequence grows with every move of the circuit; announcements from different threads may arrive out of order,
 *     and the highest number is the latest
 */
public record Transition(BreakerState from, BreakerState to, Why why, Instant at, long sequence) {

    /** What made the circuit move. */
    public sealed interface Why {

        /** As many calls failed one after another as open the circuit. */
        record FailuresInARow(int failures) implements Why {}

        /** Of the window's calls, such a share failed as opens the circuit. */
        record FailureRate(WindowCounts counts, double threshold) implements Why {}

        /** Of the window's calls, such a share was slow as opens the circuit. */
        record SlowCallRate(WindowCounts counts, double threshold) implements Why {}

        /** It has been open for its full time, and a call came to try. */
        record OpenTimeOver() implements Why {}

        /** As many trials succeeded as close the circuit. */
        record TrialsSucceeded(int successes) implements Why {}

        /** A trial failed: open again, for the full time. */
        record TrialFailed() implements Why {}

        /** A trial succeeded, but took longer than a call may: open again, for the full time. */
        record TrialSlow(long durationNanos) implements Why {}

        /** An operator moved it. */
        record ByHand(String by, String reason) implements Why {}
    }
}
