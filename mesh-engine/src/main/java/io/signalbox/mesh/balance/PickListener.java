package io.signalbox.mesh.balance;

import io.signalbox.mesh.model.Endpoint;
import org.jspecify.annotations.Nullable;

/** Learns what a balancer went by, at the price of a call. */
@FunctionalInterface
public interface PickListener {
    /** Nobody wants to know. */
    PickListener NONE = (why, score, other, otherScore) -> {};

    /** No figure was looked at. */
    double NO_SCORE = Double.NaN;

    /** The score of one that sits a pick out, since it has only just joined. */
    double SITS_OUT = Double.POSITIVE_INFINITY;

    /**
     * An endpoint was picked.
     *
     * @param score what {@code why} says it is, or {@link #NO_SCORE}
     * @param other the candidate that came next, if it was compared by its score; {@code otherScore} is that
     */
    void picked(PickedFor why, double score, @Nullable Endpoint other, double otherScore);

    /** An endpoint was picked without comparing scores. */
    default void picked(PickedFor why) {
        picked(why, NO_SCORE, null, NO_SCORE);
    }
}
