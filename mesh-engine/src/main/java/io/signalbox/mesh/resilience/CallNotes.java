package io.signalbox.mesh.resilience;

import io.signalbox.mesh.model.Cause;
import org.jspecify.annotations.Nullable;

/**
 * What a call can say of itself when it is over.
 *
 * <p>It is asked once, on the thread that settles the call, and not kept: what is answered is copied into places that
 * exist already, so that being asked makes nothing.
 */
public interface CallNotes {

    /** Of a call that says nothing. */
    CallNotes NONE = new CallNotes() {
        @Override
        public @Nullable String requestId() {
            return null;
        }

        @Override
        public int status() {
            return 0;
        }

        @Override
        public @Nullable Cause cause() {
            return null;
        }

        @Override
        public long tookNanos() {
            return CallOutcome.UNKNOWN;
        }
    };

    /** Of {@code X-Request-ID}; {@code null} for a stream of bytes. */
    @Nullable
    String requestId();

    /** Of the answer's head; 0 when none came. */
    int status();

    /** Why the mesh counts it as failed; {@code null} when the answer alone says so, or it did not fail. */
    @Nullable
    Cause cause();

    /** Until the answer's head, or its end when there was none; {@link CallOutcome#UNKNOWN} when it does not say. */
    long tookNanos();
}
