package io.signalbox.mesh.canary.rollout;

import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.Weight;

/** What has to be put in force together with a rollout's new state. */
public sealed interface Effect {

    record Nothing() implements Effect {}

    /** The candidate gets that share, the stable version the rest. */
    record Share(Weight weight, ChangeNote note) implements Effect {}

    /** That version of two gets all requests, and the other none. */
    record Choice(String winner, String loser, ChangeNote note) implements Effect {}
}
