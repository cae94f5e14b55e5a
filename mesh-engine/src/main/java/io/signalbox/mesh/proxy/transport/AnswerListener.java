package io.signalbox.mesh.proxy.transport;

/** Learns what became of an answer. Exactly one method is called, once. */
public interface AnswerListener {

    /** For answers that nobody keeps account of. */
    AnswerListener NOBODY = new AnswerListener() {
        @Override
        public void onDelivered() {}

        @Override
        public void onCallerGone() {}
    };

    void onDelivered();

    void onCallerGone();
}
