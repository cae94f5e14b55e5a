package io.signalbox.mesh.resilience;

/**
 * One call that a circuit's window held.
 *
 * @param agoNanos how long before the window was looked at it ended
 * @param durationNanos how long it took until its answer's head, or its end when there was none
 */
public record CallOutcome(long agoNanos, long durationNanos, Verdict verdict, Speed speed) {

    /** How it ended. */
    public enum Verdict {
        SUCCEEDED,
        FAILED
    }

    /** Whether it took longer than a call may. */
    public enum Speed {
        QUICK,
        SLOW
    }
}
