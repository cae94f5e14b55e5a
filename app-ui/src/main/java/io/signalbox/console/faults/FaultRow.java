package io.signalbox.console.faults;

import io.signalbox.console.control.Outcome;
import io.signalbox.mesh.model.Switch;
import io.signalbox.mesh.model.status.FaultStatus;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** One planted fault on screen: as the mesh has it, and as it was just asked for. */
public final class FaultRow {

    private final ReadOnlyObjectWrapper<FaultStatus> status;
    private final ReadOnlyObjectWrapper<Switch> position;
    private @Nullable Switch asked;

    FaultRow(FaultStatus first) {
        status = new ReadOnlyObjectWrapper<>(this, "status", first);
        position = new ReadOnlyObjectWrapper<>(this, "position", first.position());
    }

    void update(FaultStatus newest) {
        if (newest.position() == asked) {
            asked = null;
        }
        status.set(newest);
        show();
    }

    /** The switch stands where it was put until the mesh has answered. */
    void ask(Switch wanted) {
        asked = wanted;
        show();
    }

    void told(Outcome outcome) {
        if (outcome instanceof Outcome.Failed) {
            asked = null;
            show();
        }
    }

    public String name() {
        return status.get().name();
    }

    public ReadOnlyObjectProperty<FaultStatus> status() {
        return status.getReadOnlyProperty();
    }

    /** Where the switch stands: as asked for while that is under way, else as the mesh has it. */
    public ReadOnlyObjectProperty<Switch> position() {
        return position.getReadOnlyProperty();
    }

    private void show() {
        Switch wanted = asked;
        position.set(wanted == null ? status.get().position() : wanted);
    }
}
