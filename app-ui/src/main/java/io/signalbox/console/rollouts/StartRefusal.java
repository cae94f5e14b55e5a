package io.signalbox.console.rollouts;

/** Why what is typed does not make a rollout, in the person's words. */
sealed interface StartRefusal {

    String why();

    /** Something has to be filled, and nobody was there yet. */
    record Missing(String why) implements StartRefusal {}

    /** Said beside its field. */
    record Beside(String why) implements StartRefusal {}

    /** It is about no single field. */
    record Unfit(String why) implements StartRefusal {}
}
