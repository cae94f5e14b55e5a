package io.signalbox.mesh.proxy.transport;

import io.signalbox.mesh.mirror.KeptAnswer;
import io.signalbox.mesh.time.Scheduler.Cancellable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One request that a listener took in, and the one answer that it gets.
 *
 * <p>Exactly one of these answers it: {@link #answer}, {@link UpstreamAttempt#deliver}, {@link #abort}; attempts that
 * run then beside the one that is delivered are abandoned. A further attempt may begin beside a running one only when
 * {@link #bodyComplete}. All of it belongs to the thread on which it was handed over, and its listeners are called
 * there; only {@link #answer} and {@link #execute} may be called from any.
 */
public interface ServerExchange {

    IncomingHead head();

    /** The identity that the caller's certificate proved, or {@code null} when the connection proves none. */
    @Nullable
    String peerIdentity();

    /** The address at the other end of the caller's connection, without its port; {@code null} once that is closed. */
    @Nullable
    String callerAddress();

    /** Keeps up to so many bytes of the body from now on, so that a further attempt can send it again. */
    void recordBody(int limitBytes);

    /** Whether an attempt started now would send the whole body. */
    boolean bodyReplayable();

    /** Whether nothing of the body is still to come, and all of it is kept: attempts may send it side by side. */
    boolean bodyComplete();

    /**
     * Prepares to send this request to the target under that head, with this request's body and trailers.
     *
     * <p>Nothing happens before {@link UpstreamAttempt#start}.
     */
    UpstreamAttempt attempt(Target target, OutgoingHead head, AttemptListener listener);

    /**
     * Sends a copy of this request there as well, with the body as it was kept, which must be {@link #bodyComplete}. The
     * answer is read and thrown away; nothing else about this exchange changes.
     *
     * @param limit from now to the answer's last byte
     * @param copy what is kept of the answer; {@code null} for nothing
     */
    void shadow(Target target, OutgoingHead head, Duration limit, @Nullable KeptAnswer copy, CopyEnd ended);

    /** Answers with a whole message; the listener is told when it has been written, or cannot be. */
    void answer(Answer answer, AnswerListener listener);

    /** Breaks the connection off, so that the caller cannot take what it has for a whole answer. */
    void abort();

    /**
     * Instead of an answer: the caller's connection as a stream of bytes, to be joined with a target; {@code null} where
     * the connection serves other exchanges as well.
     */
    @Nullable
    ServerStream tunnel();

    /** Runs the task soon, on this exchange's thread. */
    void execute(Runnable task);

    /** Runs the task after so long, on this exchange's thread; what it gives belongs there too. */
    Cancellable after(Duration delay, Runnable task);

    /** Calls back, at most once, if the caller goes away before it has been answered. */
    void onCallerGone(Runnable listener);
}
