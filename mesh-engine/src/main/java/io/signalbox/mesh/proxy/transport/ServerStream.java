package io.signalbox.mesh.proxy.transport;

import io.signalbox.mesh.time.Scheduler.Cancellable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One connection that a listener for streams took in; nothing of what it says has been passed on yet.
 *
 * <p>Exactly one of these settles it: a {@link #join} whose target could be connected to, or {@link #abort}. Belongs to
 * the thread on which it was handed over and on which its listener is called.
 */
public interface ServerStream {

    /** The identity that the caller's certificate proved, or {@code null} when the connection proves none. */
    @Nullable
    String peerIdentity();

    /** The address at the other end of the caller's connection, without its port; {@code null} once that is closed. */
    @Nullable
    String callerAddress();

    /**
     * Connects to the target, and passes bytes both ways until both sides have ended or one of them broke off.
     *
     * <p>After {@link StreamListener#onFailed} nothing has been passed, so another target may be joined.
     */
    void join(Target target, StreamListener listener);

    /** Says why nothing is joined, where the caller speaks what that can be said in; else breaks the connection off. */
    default void refuse(Answer answer) {
        abort();
    }

    /** Runs the task after so long, on this stream's thread; what it gives belongs there too. */
    Cancellable after(Duration delay, Runnable task);

    /** Breaks the connection off: the caller sees a reset, not an end. */
    void abort();
}
