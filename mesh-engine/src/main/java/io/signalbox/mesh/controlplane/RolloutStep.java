package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.model.Weight;
import java.util.Optional;

/**
 * What a rollout puts in force.
 *
 * @param change whether the text of the policy becomes another, or its shares alone
 */
record RolloutStep(
        TrafficPolicy policy, Optional<Weight> candidateWeight, PolicyRevision.Change change, ChangeNote note) {}
