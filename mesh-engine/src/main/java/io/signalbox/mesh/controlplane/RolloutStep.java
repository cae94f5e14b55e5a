package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.model.ChangeNote;

/**
 * What a rollout puts in force.
 *
 * @param change whether the text of the policy becomes another, or its shares alone
 */
record RolloutStep(AskedPolicy asked, PolicyRevision.Change change, ChangeNote note) {}
