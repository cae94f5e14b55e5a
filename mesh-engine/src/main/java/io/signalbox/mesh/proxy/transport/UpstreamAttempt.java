package io.signalbox.mesh.proxy.transport;

import io.signalbox.mesh.mirror.KeptAnswer;

/** One try at getting an answer from one target. Belongs to the thread of its exchange. */
public interface UpstreamAttempt {

    /** Starts it; the listener may be called before this returns. */
    void start();

    /** Before it is started: its answer's body, if it has one, is to pass like that. */
    void pace(AnswerPace pace);

    /** Before it is delivered: of the body that passes a copy is kept there. */
    void keep(KeptAnswer copy);

    /** After the head: passes it on to the caller, followed by body and trailers at the pace of the slower side. */
    void deliver(ResponseHead head);

    /** Gives it up at any time; its listener is not called any more. Doing so twice, or too late, does nothing. */
    void abandon();
}
