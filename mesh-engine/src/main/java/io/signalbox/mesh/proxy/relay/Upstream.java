package io.signalbox.mesh.proxy.relay;

import io.signalbox.mesh.proxy.message.BadMessage;
import io.signalbox.mesh.proxy.message.Fields;
import io.signalbox.mesh.proxy.tcp.RawEnd;
import org.jspecify.annotations.Nullable;

/**
 * The endpoint's end of one attempt: a connection, or a stream of one. It tells the {@link UpstreamCall} it serves of
 * answers, of room and of failure. Belongs to its loop's thread.
 */
public interface Upstream extends BodySink {

    /** Begins the request, for that call from now on. */
    void request(UpstreamCall call, String method, String target, Fields fields, BodyLength length);

    /** The next head of the answer, if it is there as a whole; a final one is followed by its body. */
    @Nullable
    AnswerMessage readHead() throws BadMessage;

    /** The body of the final answer. */
    BodySource answerBody();

    void wantAnswer();

    void holdAnswer();

    /** It is the endpoint's turn, to answer or to take: it may be silent for so long and no longer. */
    void endpointDue();

    void endpointNotDue();

    /** Whether a failure now may mean no more than that a kept connection was closed before the request came. */
    boolean mayBeStale();

    /** The answer is whole, and the request too if so said: the connection is free for another one if it can be. */
    void release(Request request);

    /** The answer is not wanted; the connection is kept if that costs nothing. */
    void discard(Request request);

    /** The attempt is over; the endpoint sees that. */
    void close();

    /** After an answer that switches protocols: lets the connection go to whoever asks. */
    default RawEnd takeOver() {
        throw new IllegalStateException("a stream of a shared connection cannot be taken over");
    }

    /** How much of the request has been sent. */
    enum Request {
        WHOLE,
        IN_PART
    }
}
