package io.signalbox.mesh.resilience;

/** What a circuit with other settings would have made of the calls of an opening. */
public sealed interface Replayed {

    /** Whether it follows from what was recorded. */
    enum Certainty {
        EXACT,
        ESTIMATE
    }

    Certainty certainty();

    /**
     * It opens at one of the calls.
     *
     * @param call its place among them, from 0
     * @param soonerNanos how long before the circuit did; 0 when at the same call
     */
    record Opens(int call, long soonerNanos, Certainty certainty) implements Replayed {}

    /** It opens before the first of the calls that are kept. */
    record OpensBefore(Certainty certainty) implements Replayed {}

    /**
     * It is still closed after the calls, and opens at one of those that were under way. That the calls which were
     * refused meanwhile change nothing about it is a guess, so it is an estimate.
     *
     * @param laterNanos how long after the circuit did
     */
    record OpensLater(long laterNanos) implements Replayed {
        @Override
        public Certainty certainty() {
            return Certainty.ESTIMATE;
        }
    }

    /** It is still closed after all that is recorded. What was refused has no answer, so nobody knows what follows. */
    record StaysClosed(Certainty certainty) implements Replayed {}

    /** Too few calls are kept to fill its window. */
    record Unknown() implements Replayed {
        @Override
        public Certainty certainty() {
            return Certainty.ESTIMATE;
        }
    }
}
