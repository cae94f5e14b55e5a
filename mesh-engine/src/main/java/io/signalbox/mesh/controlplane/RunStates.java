package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.model.status.InstanceStatus.RunState;

/** Tells whether an instance's process can be stopped and started from here, and which of the two it is. */
@FunctionalInterface
interface RunStates {

    RunState of(String instanceId);
}
