package io.signalbox.console.faults;

import io.signalbox.mesh.model.status.FaultStatus;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** One planted fault on screen. */
public final class FaultRow {

    private final ReadOnlyObjectWrapper<FaultStatus> status;

    FaultRow(FaultStatus first) {
        status = new ReadOnlyObjectWrapper<>(this, "status", first);
    }

    void update(FaultStatus newest) {
        status.set(newest);
    }

    public String name() {
        return status.get().name();
    }

    public ReadOnlyObjectProperty<FaultStatus> status() {
        return status.getReadOnlyProperty();
    }
}
