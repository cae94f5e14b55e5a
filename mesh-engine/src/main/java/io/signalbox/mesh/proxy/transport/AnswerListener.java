package io.signalbox.mesh.proxy.transport;

/** Learns what became of an answer. Exactly one method is called, once. */
public interface AnswerListener {

    void onDelivered();

    void onCallerGone();
}
