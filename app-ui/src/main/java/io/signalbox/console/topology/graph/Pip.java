package io.signalbox.console.topology.graph;

import io.signalbox.mesh.model.status.InstanceStatus;
import io.signalbox.mesh.model.status.ServiceHealth;

/** One instance as a mark on its card. */
public enum Pip {
    OK,
    SLOW,
    FAILING,
    /** Stopped or taken out of balancing by hand. */
    GONE;

    static Pip of(InstanceStatus instance) {
        if (instance.running() == InstanceStatus.RunState.STOPPED
                || instance.serving() == InstanceStatus.Serving.DRAINING) {
            return GONE;
        }
        if (instance.serving() == InstanceStatus.Serving.UNHEALTHY || instance.health() == ServiceHealth.FAILING) {
            return FAILING;
        }
        return instance.health() == ServiceHealth.DEGRADED ? SLOW : OK;
    }
}
