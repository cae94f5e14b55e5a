package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.client.RolloutRequest;
import io.signalbox.mesh.client.Rollouts;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.status.RolloutStatus;
import java.util.List;
import java.util.OptionalLong;

/** The rollouts of the control plane in this process. */
record EmbeddedRollouts(RolloutControl control) implements Rollouts {

    @Override
    public List<RolloutStatus> list() {
        return control.list();
    }

    @Override
    public List<RolloutStatus> history(String service) {
        return EmbeddedMesh.call(() -> control.history(service));
    }

    @Override
    public RolloutStatus start(String service, RolloutRequest request, ChangeNote note) {
        return EmbeddedMesh.call(() -> control.start(service, request, note));
    }

    @Override
    public RolloutStatus pause(String service, OptionalLong number, ChangeNote note) {
        return EmbeddedMesh.call(() -> control.pause(service, number, note));
    }

    @Override
    public RolloutStatus resume(String service, OptionalLong number, ChangeNote note) {
        return EmbeddedMesh.call(() -> control.resume(service, number, note));
    }

    @Override
    public RolloutStatus promote(String service, OptionalLong number, ChangeNote note) {
        return EmbeddedMesh.call(() -> control.promote(service, number, note));
    }

    @Override
    public RolloutStatus rollBack(String service, OptionalLong number, ChangeNote note) {
        return EmbeddedMesh.call(() -> control.rollBack(service, number, note));
    }

    @Override
    public RolloutStatus withdraw(String service, long number, ChangeNote note) {
        return EmbeddedMesh.call(() -> control.withdraw(service, number, note));
    }
}
