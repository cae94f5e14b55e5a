package io.signalbox.mesh.model;

/** What made a circuit move. */
public sealed interface CircuitReason {

    /** As many calls failed one after another as open the circuit. */
    record FailuresInARow(int failures) implements CircuitReason {}

    /** Of the window's calls, such a share failed as opens the circuit. */
    record FailureRate(WindowCounts counts, double threshold) implements CircuitReason {}

    /** Of the window's calls, such a share was slow as opens the circuit. */
    record SlowCallRate(WindowCounts counts, double threshold) implements CircuitReason {}

    /** It has been open for its full time, and a call came to try. */
    record OpenTimeOver() implements CircuitReason {}

    /** As many trials succeeded as close the circuit. */
    record TrialsSucceeded(int successes) implements CircuitReason {}

    /** A trial failed: open again, for the full time. */
    record TrialFailed() implements CircuitReason {}

    /** A trial succeeded, but took longer than a call may: open again, for the full time. */
    record TrialSlow(long durationNanos) implements CircuitReason {}

    /** An operator moved it. */
    record ByHand(String by, String reason) implements CircuitReason {}
}
