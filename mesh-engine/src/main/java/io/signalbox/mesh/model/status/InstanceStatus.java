package io.signalbox.mesh.model.status;

import io.signalbox.mesh.model.ServiceInstance;

/**
 * One instance: as registered, and as its callers see it.
 *
 * @param health from health checks and traffic together
 * @param serving whether new requests are sent to it
 * @param running whether its process can be stopped and started from here, and which of the two it is
 */
public record InstanceStatus(
        ServiceInstance instance,
        ServiceHealth health,
        Serving serving,
        RunState running,
        TrafficStats stats,
        int inFlight) {

    /** Whether new requests are sent to an instance. */
    public enum Serving {
        SERVING,
        UNHEALTHY,
        DRAINING
    }

    /** Whether a scenario can stop and start the instance's process, and its state if so. */
    public enum RunState {
        NOT_MANAGED,
        RUNNING,
        STOPPED
    }
}
