package io.signalbox.console.faults;

import io.signalbox.console.control.Commands;
import io.signalbox.console.control.LatestWins;
import io.signalbox.console.control.Outcome;
import io.signalbox.console.rows.KeyedRows;
import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.Switch;
import io.signalbox.mesh.model.status.FaultStatus;
import io.signalbox.mesh.model.status.LoadStatus;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.model.status.ScenarioStatus;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.ObservableList;

/** The scenario's faults and load; empty when the mesh runs none. Belongs to the user-interface thread. */
public final class FaultsViewModel {

    /** How many pictures may still show the old rate after the mesh took the new one. */
    private static final int PATIENCE = 4;

    private static final double SAME_RATE = 0.5;

    private final Commands commands;
    private final String by;
    private final Consumer<Outcome> told;
    private final LatestWins<Double> load;
    private final KeyedRows<String, FaultStatus, FaultRow> faults =
            new KeyedRows<>(FaultStatus::name, FaultRow::new, FaultRow::update);
    private final ReadOnlyObjectWrapper<Optional<ScenarioStatus>> scenario =
            new ReadOnlyObjectWrapper<>(this, "scenario", Optional.empty());
    private final ReadOnlyObjectWrapper<Double> rate = new ReadOnlyObjectWrapper<>(this, "rate", 0.0);
    private Optional<Double> asked = Optional.empty();
    private int patience;

    /**
     * @param by whose name the changes carry
     * @param told hears the outcome of each change
     */
    public FaultsViewModel(Commands commands, String by, Consumer<Outcome> told) {
        this.commands = commands;
        this.by = by;
        this.told = told;
        load = new LatestWins<>(
                commands, (mesh, wanted) -> mesh.setLoad(wanted, new ChangeNote(by, "")), this::loadTold);
    }

    public void update(MeshSnapshot snapshot) {
        Optional<ScenarioStatus> newest = Optional.ofNullable(snapshot.scenario());
        scenario.set(newest);
        faults.follow(newest.map(ScenarioStatus::faults).orElse(List.of()));
        faults.order(Comparator.comparingInt(row -> row.status().get().number()));
        double target = load().map(LoadStatus::targetPerSecond).orElse(0.0);
        if (asked.isPresent() && (Math.abs(asked.get() - target) < SAME_RATE || patience-- <= 0)) {
            asked = Optional.empty();
        }
        rate.set(asked.orElse(target));
    }

    /** Switches a fault; its row shows what was asked until the mesh has answered. */
    public void switchFault(FaultRow fault, Switch position) {
        fault.ask(position);
        commands.run(mesh -> mesh.switchFault(fault.name(), position, new ChangeNote(by, "")), outcome -> {
            fault.told(outcome);
            told.accept(outcome);
        });
    }

    /** Puts the policies in force that mend a fault; the outcome is told like any other. */
    public void mend(FaultRow fault) {
        String mend = fault.status().get().mend();
        commands.run(
                mesh -> PolicyFormat.readAll(mend)
                        .forEach(policy ->
                                mesh.putPolicy(PolicyFormat.yaml(policy), new ChangeNote(by, "mends " + fault.name()))),
                told);
    }

    /** Switches a fault on and starts the rollout in which it is to be met. */
    void guide(FaultRow fault, GuidedRollout guided, Consumer<Outcome> ended) {
        fault.ask(Switch.ON);
        commands.run(
                mesh -> {
                    mesh.switchFault(fault.name(), Switch.ON, new ChangeNote(by, ""));
                    mesh.rollouts().start(GuidedRollout.SERVICE, guided.request(), guided.note(by));
                },
                outcome -> {
                    fault.told(outcome);
                    ended.accept(outcome);
                });
    }

    /** Switches off what is on. */
    public void switchAllOff() {
        faults.rows().stream()
                .filter(fault -> fault.position().get() == Switch.ON)
                .forEach(fault -> switchFault(fault, Switch.OFF));
    }

    /** Asks for a rate; while the mesh has not answered, only the newest wish is kept. */
    public void setLoad(double requestsPerSecond) {
        asked = Optional.of(requestsPerSecond);
        patience = PATIENCE;
        rate.set(requestsPerSecond);
        load.send(requestsPerSecond);
    }

    public ObservableList<FaultRow> faults() {
        return faults.rows();
    }

    public ReadOnlyObjectProperty<Optional<ScenarioStatus>> scenario() {
        return scenario.getReadOnlyProperty();
    }

    /** Its number in the list, such as {@code 1b}. */
    String label(FaultStatus fault) {
        return scenario.get().map(one -> one.label(fault)).orElse(Integer.toString(fault.number()));
    }

    public Optional<LoadStatus> load() {
        return scenario.get().map(ScenarioStatus::load);
    }

    /** Requests a second: as asked for while that is under way, else as the mesh has it. */
    public ReadOnlyObjectProperty<Double> rate() {
        return rate.getReadOnlyProperty();
    }

    private void loadTold(Outcome outcome) {
        if (outcome instanceof Outcome.Failed) {
            asked = Optional.empty();
            rate.set(load().map(LoadStatus::targetPerSecond).orElse(0.0));
        }
        told.accept(outcome);
    }
}
