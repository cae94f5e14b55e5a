package io.signalbox.mesh.explain;

import io.signalbox.mesh.model.Cause;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Why the record of a request is kept. */
public enum Kept {
    /** It was answered with a 5xx, or the mesh failed it, or the caller left. */
    FAILED,
    /** It took longer than {@link #slowNanos}. */
    SLOW,
    /** It needed more than one attempt. */
    RETRIED,
    /** Its trace is one of those that are recorded. */
    SAMPLED;

    private static final int SERVER_ERROR = 500;
    private static final long SLOW_NANOS = Duration.ofSeconds(1).toNanos();

    /** From when on a request counts as slow: half of its timeout, but one second at most. */
    public static long slowNanos(Duration timeout) {
        return Math.min(SLOW_NANOS, timeout.toNanos() / 2);
    }

    /** Why a request is always kept; {@code null} when nothing was the matter with it. */
    public static @Nullable Kept trouble(
            int status, @Nullable Cause cause, int attempts, long durationNanos, long slowNanos) {
        if ((cause != null && cause.isFailure()) || (cause == null && status >= SERVER_ERROR)) {
            return FAILED;
        }
        if (durationNanos > slowNanos) {
            return SLOW;
        }
        return attempts > 1 ? RETRIED : null;
    }
}
