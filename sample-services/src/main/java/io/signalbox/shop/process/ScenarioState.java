package io.signalbox.shop.process;

import io.signalbox.mesh.model.status.InstanceStatus.RunState;
import io.signalbox.mesh.model.status.ScenarioStatus;
import java.util.Map;

/**
 * How the demo stands, as one process tells another.
 *
 * @param instances that the demo owns, by name
 */
record ScenarioState(ScenarioStatus status, Map<String, RunState> instances) {

    ScenarioState {
        instances = Map.copyOf(instances);
    }
}
