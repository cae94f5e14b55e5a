package io.signalbox.mesh.resilience;

import io.signalbox.mesh.model.Cause;
import org.jspecify.annotations.Nullable;

/**
 * One call that a circuit learnt from.
 *
 * @param agoNanos how long before the window was looked at it ended; negative for one that ended after
 * @param durationNanos how long it took until its answer's head, or its end when there was none; {@link #UNKNOWN} when
 *     nobody measured
 * @param status of the answer; 0 when none came
 * @param cause why the mesh counts it as failed; {@code null} when the answer alone says so
 * @param requestId {@code null} when it had none, as a stream of bytes
 */
public record CallOutcome(
        long agoNanos,
        long durationNanos,
        Verdict verdict,
        Speed speed,
        int status,
        @Nullable Cause cause,
        @Nullable String requestId) {

    public static final long UNKNOWN = -1;

    /** One that says nothing else. */
    public CallOutcome(long agoNanos, long durationNanos, Verdict verdict, Speed speed) {
        this(agoNanos, durationNanos, verdict, speed, 0, null, null);
    }

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
