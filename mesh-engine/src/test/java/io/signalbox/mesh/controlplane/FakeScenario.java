package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.Switch;
import io.signalbox.mesh.model.UnknownNameException;
import io.signalbox.mesh.model.status.FaultStatus;
import io.signalbox.mesh.model.status.InstanceStatus.RunState;
import io.signalbox.mesh.model.status.LoadStatus;
import io.signalbox.mesh.model.status.ScenarioStatus;
import io.signalbox.mesh.scenario.Scenario;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A demo with one fault and one process that notes what it is told. */
public final class FakeScenario implements Scenario {

    private static final String FAULT = "payment-burst";
    private static final String PROCESS = "catalog-1";

    private final List<String> log = new CopyOnWriteArrayList<>();
    private volatile Switch fault = Switch.OFF;
    private volatile Switch process = Switch.ON;
    private volatile double load = 20;

    public List<String> log() {
        return log;
    }

    @Override
    public ScenarioStatus status() {
        return new ScenarioStatus(
                "corner-shop",
                7,
                List.of(new FaultStatus(
                        FAULT, 3, "payment", "Fails in bursts.", "Breakers open.", fault, null, "", "")),
                new LoadStatus(load, 1_000, 10, 9, 1, 0, 200));
    }

    @Override
    public void switchFault(String name, Switch position) {
        if (!name.equals(FAULT)) {
            throw new UnknownNameException("fault", name, List.of(FAULT));
        }
        fault = position;
        log.add(name + " " + position);
    }

    @Override
    public void setLoad(double requestsPerSecond) {
        InvalidValueException.unless(requestsPerSecond <= 1_000, "load", requestsPerSecond, "0..1000");
        load = requestsPerSecond;
        log.add("load " + requestsPerSecond);
    }

    @Override
    public void switchInstance(String instance, Switch position) {
        if (!instance.equals(PROCESS)) {
            throw new UnknownNameException("instance", instance, List.of(PROCESS));
        }
        process = position;
        log.add(instance + " " + position);
    }

    @Override
    public RunState runState(String instance) {
        if (!instance.equals(PROCESS)) {
            return RunState.NOT_MANAGED;
        }
        return process == Switch.ON ? RunState.RUNNING : RunState.STOPPED;
    }
}
