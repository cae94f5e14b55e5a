package io.signalbox.mesh.registry;

import io.signalbox.mesh.event.MeshEvent.Departure;
import io.signalbox.mesh.event.MeshEvent.Drain;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.ServiceInstance;
import java.util.ArrayList;
import java.util.List;

/** Notes each call in a line. */
final class RecordingListener implements RegistryListener {

    private final List<String> lines = new ArrayList<>();

    List<String> taken() {
        List<String> taken = List.copyOf(lines);
        lines.clear();
        return taken;
    }

    @Override
    public void registered(ServiceInstance instance) {
        lines.add("registered " + instance.instanceId());
    }

    @Override
    public void replaced(ServiceInstance before, ServiceInstance after) {
        lines.add("replaced " + after.instanceId() + " " + before.port() + "->" + after.port());
    }

    @Override
    public void left(ServiceInstance instance, Departure how) {
        lines.add("left " + instance.instanceId() + " " + how);
    }

    @Override
    public void healthChanged(ServiceInstance before, ServiceInstance after, String detail) {
        lines.add("health " + after.instanceId() + " " + before.health() + "->" + after.health() + ": " + detail);
    }

    @Override
    public void drainChanged(ServiceInstance instance, Drain drain, ChangeNote note) {
        lines.add("drain " + instance.instanceId() + " " + drain + " by " + note.by());
    }

    @Override
    public void endpointsChanged(EndpointSet endpoints) {
        lines.add("endpoints " + endpoints.service() + " "
                + endpoints.endpoints().stream().map(Endpoint::instanceId).toList());
    }
}
