package io.signalbox.mesh.proxy.relay;

import io.signalbox.mesh.proxy.io.EventLoop;
import io.signalbox.mesh.proxy.message.Fields;
import io.signalbox.mesh.proxy.tcp.PipeListener;
import io.signalbox.mesh.proxy.tcp.RawEnd;
import org.jspecify.annotations.Nullable;

/**
 * The caller's end of one exchange: where its answer goes. It tells the {@link ServerCall} of input, of room for output
 * and of the caller's leaving. Belongs to its loop's thread.
 */
public interface Downstream extends BodySink {

    EventLoop loop();

    /** The identity that the caller has proven, if any. */
    @Nullable
    String peer();

    /** The address at the other end, without its port; {@code null} once the connection is closed. */
    @Nullable
    String address();

    /** Whether the caller understands interim answers. */
    boolean takesInterim();

    /** Whether no more of the request will come. */
    boolean inputEnded();

    /** Sends an interim answer at once. */
    void interim(int status, String reason, Fields fields);

    /**
     * Begins the answer.
     *
     * @param said what the length of a body that is not sent would be, for the caller to know; {@code null} for nothing
     */
    void head(int status, String reason, Fields fields, BodyLength length, @Nullable String said);

    /** More of the request's body is wanted; the caller is to send it before long. */
    void wantInput();

    /** No more of the request's body is wanted for now. */
    void holdInput();

    /** It is the caller's turn, to send or to take: it may be silent for so long and no longer. */
    void callerDue();

    /** It is not the caller's turn. */
    void callerNotDue();

    /** Runs that when the caller's connection has taken all of the answer; the last thing one does here. */
    void whenSent(Runnable then);

    /** The exchange is over and its answer sent. */
    void finish();

    /** The exchange is over, and what the caller has of an answer must not look whole. */
    void breakOff();

    /** Whether the connection can carry another protocol on: it serves no other exchange meanwhile. */
    default boolean canSwitch() {
        return false;
    }

    /**
     * Sends that head, which switches protocols, and joins the connection with the other one; the exchange is over.
     *
     * @param protocol what is spoken from now on; {@code null} leaves it to the two ends
     * @param listener told of what passes, and of the end
     */
    default void switchTo(
            RawEnd other, int status, String reason, Fields fields, @Nullable String protocol, PipeListener listener) {
        throw new IllegalStateException("a stream of a shared connection cannot be taken over");
    }

    /** The request's body breaks the rules: answers so, if nothing has been answered yet, and ends the exchange. */
    void refuse(int status);

    /** The caller ended in the middle of its request. */
    void cutShort();
}
