package io.signalbox.console.services;

import io.signalbox.mesh.model.status.InstanceStatus;
import io.signalbox.mesh.model.status.ServiceKind;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** One instance on screen. */
public final class InstanceRow {

    private final ServiceKind kind;
    private final ReadOnlyObjectWrapper<InstanceStatus> status;

    InstanceRow(ServiceKind kind, InstanceStatus first) {
        this.kind = kind;
        status = new ReadOnlyObjectWrapper<>(this, "status", first);
    }

    void update(InstanceStatus newest) {
        status.set(newest);
    }

    public String service() {
        return current().instance().serviceName();
    }

    public String instanceId() {
        return current().instance().instanceId();
    }

    public ServiceKind kind() {
        return kind;
    }

    public InstanceStatus current() {
        return status.get();
    }

    public ReadOnlyObjectProperty<InstanceStatus> status() {
        return status.getReadOnlyProperty();
    }
}
