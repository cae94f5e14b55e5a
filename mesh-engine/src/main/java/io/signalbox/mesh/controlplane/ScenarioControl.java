package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.client.AuditEntry;
import io.signalbox.mesh.event.EventLog;
import io.signalbox.mesh.event.MeshEvent;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.Switch;
import io.signalbox.mesh.model.status.InstanceStatus.RunState;
import io.signalbox.mesh.model.status.ScenarioStatus;
import io.signalbox.mesh.scenario.Scenario;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The demo that runs in the mesh, if any: its faults, its load and its processes. Safe from any thread. */
public final class ScenarioControl {

    private final EventLog events;
    private final UnaryOperator<String> serviceOf;
    private final AuditLog audit;
    private final Runnable changed;
    private final AtomicReference<@Nullable Scenario> scenario = new AtomicReference<>();

    ScenarioControl(EventLog events, UnaryOperator<String> serviceOf, AuditLog audit, Runnable changed) {
        this.events = events;
        this.serviceOf = serviceOf;
        this.audit = audit;
        this.changed = changed;
    }

    public void attach(Scenario demo) {
        scenario.set(demo);
        changed.run();
    }

    public Optional<ScenarioStatus> status() {
        return Optional.ofNullable(scenario.get()).map(Scenario::status);
    }

    /** @throws NoScenarioException when no demo runs */
    public ScenarioStatus requireStatus() {
        return running().status();
    }

    RunState runState(String instance) {
        return Optional.ofNullable(scenario.get())
                .map(demo -> demo.runState(instance))
                .orElse(RunState.NOT_MANAGED);
    }

    public void switchFault(String fault, Switch position, ChangeNote note) {
        Scenario demo = running();
        boolean was = demo.status().faults().stream()
                .anyMatch(status -> status.name().equals(fault) && status.position() == position);
        demo.switchFault(fault, position);
        if (!was) {
            events.append(new MeshEvent.FaultSwitched(fault, position, note));
            audit.record(AuditLog.Change.done(AuditEntry.Kind.FAULT, fault, word(position)), note);
        }
        changed.run();
    }

    public void setLoad(double requestsPerSecond, ChangeNote note) {
        Scenario demo = running();
        double before = demo.status().load().targetPerSecond();
        demo.setLoad(requestsPerSecond);
        if (before != requestsPerSecond) {
            events.append(new MeshEvent.LoadChanged(before, requestsPerSecond, note));
            audit.record(AuditLog.Change.of(AuditEntry.Kind.LOAD, "load", before, requestsPerSecond), note);
        }
        changed.run();
    }

    public void switchInstance(String instance, Switch position, ChangeNote note) {
        Scenario demo = running();
        RunState before = demo.runState(instance);
        demo.switchInstance(instance, position);
        if (before != demo.runState(instance)) {
            events.append(new MeshEvent.InstancePowerChanged(serviceOf.apply(instance), instance, position, note));
            audit.record(AuditLog.Change.done(AuditEntry.Kind.INSTANCE, instance, word(position)), note);
        }
        changed.run();
    }

    private static String word(Switch position) {
        return position.name().toLowerCase(Locale.ROOT);
    }

    private Scenario running() {
        Scenario demo = scenario.get();
        if (demo == null) {
            throw new NoScenarioException();
        }
        return demo;
    }
}
