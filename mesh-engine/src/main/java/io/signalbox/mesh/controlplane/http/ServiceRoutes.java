package io.signalbox.mesh.controlplane.http;

import io.signalbox.mesh.controlplane.ControlPlane;
import io.signalbox.mesh.controlplane.Membership;
import io.signalbox.mesh.model.ServiceInstance;
import io.signalbox.mesh.model.Switch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Who is in the mesh. */
final class ServiceRoutes {

    private final Membership members;

    ServiceRoutes(ControlPlane controlPlane) {
        this.members = controlPlane.members();
    }

    List<Route> routes() {
        return List.of(
                Route.post("/api/v1/services/register", this::register),
                Route.get("/api/v1/services", _ -> list()),
                Route.get("/api/v1/services/{name}", call -> Reply.json(shown(members.instances(call.path("name"))))),
                Route.post("/api/v1/services/{name}/heartbeat", this::heartbeat),
                Route.delete("/api/v1/services/{name}", this::deregister),
                Route.post("/api/v1/services/{name}/instances/{id}/drain", call -> drain(call, Switch.ON)),
                Route.post("/api/v1/services/{name}/instances/{id}/undrain", call -> drain(call, Switch.OFF)));
    }

    private Reply register(Call call) {
        ServiceInstance instance = call.lenientBody(InstanceJson.class).toInstance();
        call.requireActsFor(instance.serviceName());
        return Reply.json(InstanceJson.of(members.register(instance)));
    }

    private Reply list() {
        Map<String, List<InstanceJson>> all = new TreeMap<>();
        members.instances().forEach((service, instances) -> all.put(service, shown(instances)));
        return Reply.json(all);
    }

    private Reply heartbeat(Call call) {
        call.requireActsFor(call.path("name"));
        members.heartbeat(call.path("name"), instance(call));
        return Reply.nothing();
    }

    private Reply deregister(Call call) {
        call.requireActsFor(call.path("name"));
        members.deregister(call.path("name"), instance(call));
        return Reply.nothing();
    }

    private Reply drain(Call call, Switch position) {
        members.setDraining(call.path("name"), call.path("id"), position, call.noteBody());
        return Reply.nothing();
    }

    private static Optional<String> instance(Call call) {
        return call.query("instance_id");
    }

    private static List<InstanceJson> shown(List<ServiceInstance> instances) {
        return instances.stream().map(InstanceJson::of).toList();
    }
}
