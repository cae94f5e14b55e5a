package io.signalbox.mesh.model.status;

/** How a service, a version or an instance does, from the traffic of the window and from health checks. */
public enum ServiceHealth {
    /** At least 99 % succeed and every instance may serve. */
    OK,
    /** Between 95 % and 99 % succeed, or an instance may not serve, or one is much slower than its peers. */
    DEGRADED,
    /** Under 95 % succeed, or no instance may serve. */
    FAILING,
    /** No traffic in the window, and nothing known to be wrong. */
    IDLE
}
