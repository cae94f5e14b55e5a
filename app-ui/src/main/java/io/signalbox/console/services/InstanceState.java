package io.signalbox.console.services;

import io.signalbox.mesh.model.status.InstanceStatus;

/** How an instance does, in one word, worst first. */
public enum InstanceState {
    STOPPED,
    UNHEALTHY,
    FAILING,
    DRAINED,
    /** Some caller leaves it out for a while. */
    EJECTED,
    DEGRADED,
    HEALTHY,
    IDLE;

    /** What matters most about an instance: that it is stopped, then its health, then that it is drained. */
    public static InstanceState of(InstanceStatus status) {
        if (status.running() == InstanceStatus.RunState.STOPPED) {
            return STOPPED;
        }
        return switch (status.serving()) {
            case UNHEALTHY -> UNHEALTHY;
            case DRAINING -> DRAINED;
            case SERVING ->
                switch (status.health()) {
                    case OK -> HEALTHY;
                    case DEGRADED -> DEGRADED;
                    case FAILING -> FAILING;
                    case IDLE -> IDLE;
                };
        };
    }
}
