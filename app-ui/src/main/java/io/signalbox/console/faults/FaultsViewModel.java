package io.signalbox.console.faults;

import io.signalbox.console.control.Commands;
import io.signalbox.console.control.LatestWins;
import io.signalbox.console.control.Outcome;
import io.signalbox.console.rows.KeyedRows;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.Switch;
import io.signalbox.mesh.model.status.FaultStatus;
import io.signalbox.mesh.model.status.LoadStatus;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.model.status.ScenarioStatus;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** The scenario's faults and load; empty when the mesh runs none. Belongs to the user-interface thread. */
public final class FaultsViewModel {

    private final Commands commands;
    private final String by;
    private final LatestWins<Double> load;
    private final KeyedRows<String, FaultStatus, FaultRow> faults =
            new KeyedRows<>(FaultStatus::name, FaultRow::new, FaultRow::update);
    private final ReadOnlyObjectWrapper<@Nullable ScenarioStatus> scenario =
            new ReadOnlyObjectWrapper<>(this, "scenario", null);

    /**
     * @param by whose name the changes carry
     * @param loadTold hears the outcome of each change of the load
     */
    public FaultsViewModel(Commands commands, String by, Consumer<Outcome> loadTold) {
        this.commands = commands;
        this.by = by;
        load = new LatestWins<>(commands, (mesh, rate) -> mesh.setLoad(rate, new ChangeNote(by, "")), loadTold);
    }

    public void update(MeshSnapshot snapshot) {
        ScenarioStatus newest = snapshot.scenario();
        scenario.set(newest);
        faults.follow(newest == null ? List.of() : newest.faults());
        faults.order(Comparator.comparingInt(row -> row.status().get().number()));
    }

    public void switchFault(String fault, Switch position, Consumer<Outcome> told) {
        commands.run(mesh -> mesh.switchFault(fault, position, new ChangeNote(by, "")), told);
    }

    /** Asks for a rate; while the mesh has not answered, only the newest wish is kept. */
    public void setLoad(double requestsPerSecond) {
        load.send(requestsPerSecond);
    }

    public ObservableList<FaultRow> faults() {
        return faults.rows();
    }

    public ReadOnlyObjectProperty<@Nullable ScenarioStatus> scenario() {
        return scenario.getReadOnlyProperty();
    }

    public @Nullable LoadStatus load() {
        ScenarioStatus now = scenario.get();
        return now == null ? null : now.load();
    }
}
