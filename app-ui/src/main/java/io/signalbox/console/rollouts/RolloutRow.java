package io.signalbox.console.rollouts;

import io.signalbox.mesh.model.status.RolloutStatus;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** A rollout in the list; lasts while what is told of it changes. */
final class RolloutRow {

    private final ReadOnlyObjectWrapper<RolloutStatus> status;

    RolloutRow(RolloutStatus first) {
        status = new ReadOnlyObjectWrapper<>(this, "status", first);
    }

    static Key key(RolloutStatus status) {
        return new Key(status.service(), status.number());
    }

    ReadOnlyObjectProperty<RolloutStatus> status() {
        return status.getReadOnlyProperty();
    }

    RolloutStatus current() {
        return status.get();
    }

    void set(RolloutStatus next) {
        status.set(next);
    }

    /** Names a rollout among all of a mesh. */
    record Key(String service, long number) {}
}
