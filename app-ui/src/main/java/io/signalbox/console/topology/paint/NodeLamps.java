package io.signalbox.console.topology.paint;

import io.signalbox.console.widget.LampState;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.status.ServiceHealth;

/** Which lamp stands for which state. */
public final class NodeLamps {

    private NodeLamps() {}

    public static LampState of(ServiceHealth health) {
        return switch (health) {
            case OK -> LampState.CLOSED;
            case DEGRADED -> LampState.HALF_OPEN;
            case FAILING -> LampState.OPEN;
            case IDLE -> LampState.DISABLED;
        };
    }

    public static LampState of(BreakerState state) {
        return switch (state) {
            case CLOSED -> LampState.CLOSED;
            case OPEN -> LampState.OPEN;
            case HALF_OPEN -> LampState.HALF_OPEN;
            case FORCED_OPEN -> LampState.FORCED;
            case DISABLED -> LampState.DISABLED;
        };
    }
}
