package io.signalbox.mesh.scenario;

import io.signalbox.mesh.model.Switch;
import io.signalbox.mesh.model.status.InstanceStatus.RunState;
import io.signalbox.mesh.model.status.ScenarioStatus;

/**
 * A demo that runs in the mesh: its planted faults, its load, and the processes it owns.
 *
 * <p>Implementations are safe from any thread. Names that do not exist are refused with
 * {@link io.signalbox.mesh.model.UnknownNameException}, values out of range with
 * {@link io.signalbox.mesh.model.InvalidValueException}. The control plane records the events.
 */
public interface Scenario {

    ScenarioStatus status();

    void switchFault(String fault, Switch position);

    /** Sets the rate that is asked for; 0 pauses. */
    void setLoad(double requestsPerSecond);

    /** Stops an instance's application, so that its port refuses connections, or starts it again on the same port. */
    void switchInstance(String instance, Switch position);

    /** Whether the scenario owns that instance, and whether it runs. */
    RunState runState(String instance);
}
