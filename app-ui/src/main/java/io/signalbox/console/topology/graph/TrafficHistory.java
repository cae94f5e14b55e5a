package io.signalbox.console.topology.graph;

import io.signalbox.mesh.model.EdgeId;
import io.signalbox.mesh.model.status.EdgeStatus;
import io.signalbox.mesh.model.status.InstanceStatus;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.model.status.ServiceStatus;
import io.signalbox.mesh.model.status.VersionStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The last five minutes of every edge and service that is still there. Used by one thread. */
public final class TrafficHistory {

    private static final Course NOTHING = new Course();

    private final Map<EdgeId, Course> edges = new HashMap<>();
    private final Map<String, Course> services = new HashMap<>();

    public void add(MeshSnapshot snapshot) {
        edges.keySet().retainAll(snapshot.edges().stream().map(EdgeStatus::id).collect(Collectors.toSet()));
        services.keySet()
                .retainAll(snapshot.services().stream().map(ServiceStatus::name).collect(Collectors.toSet()));
        for (EdgeStatus edge : snapshot.edges()) {
            edges.computeIfAbsent(edge.id(), id -> new Course()).put(snapshot.at(), edge.stats(), edge.inFlight());
        }
        for (ServiceStatus service : snapshot.services()) {
            services.computeIfAbsent(service.name(), name -> new Course())
                    .put(snapshot.at(), service.stats(), inFlight(service));
        }
    }

    private static int inFlight(ServiceStatus service) {
        return service.versions().stream()
                .map(VersionStatus::instances)
                .flatMap(List::stream)
                .mapToInt(InstanceStatus::inFlight)
                .sum();
    }

    public Course edge(EdgeId id) {
        return edges.getOrDefault(id, NOTHING);
    }

    public Course service(String name) {
        return services.getOrDefault(name, NOTHING);
    }
}
