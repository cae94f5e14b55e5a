package io.signalbox.console.services;

import io.signalbox.mesh.model.status.BreakerStatus;
import io.signalbox.mesh.model.status.InstanceStatus;
import io.signalbox.mesh.model.status.ServiceKind;
import java.util.List;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** One instance on screen. */
public final class InstanceRow {

    private final ServiceKind kind;
    private final ReadOnlyObjectWrapper<InstanceStatus> status;
    private final ReadOnlyObjectWrapper<List<BreakerStatus>> callers;

    InstanceRow(ServiceKind kind, InstanceStatus first, List<BreakerStatus> callers) {
        this.kind = kind;
        status = new ReadOnlyObjectWrapper<>(this, "status", first);
        this.callers = new ReadOnlyObjectWrapper<>(this, "callers", callers);
    }

    void update(InstanceStatus newest, List<BreakerStatus> newestCallers) {
        callers.set(newestCallers);
        status.set(newest);
    }

    /** The circuits to it, one for each sidecar that has called it. */
    public ReadOnlyObjectProperty<List<BreakerStatus>> callers() {
        return callers.getReadOnlyProperty();
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
