package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.metrics.EdgeInterval;
import io.signalbox.mesh.metrics.EdgeKey;
import java.util.List;
import java.util.Set;

/**
 * Keeps to the names that the mesh has, in what a sidecar in another process counted: each name that comes in takes room
 * in the figures, and a sidecar may make up as many as it likes.
 */
final class KnownNames {

    /** Edges, circuits or callers of one report at most. */
    static final int MOST = 4_096;

    private static final String OTHER = "other";

    private KnownNames() {}

    static SidecarReport of(SidecarReport told, Membership members) {
        Set<String> services = members.services();
        List<EdgeInterval> edges = told.edges().stream()
                .limit(MOST)
                .filter(edge -> isKnown(edge.key().destination(), services))
                .map(edge -> edge.at(known(edge.key(), members)))
                .toList();
        List<CircuitReport> circuits = told.circuits().stream()
                .limit(MOST)
                .filter(circuit -> members.registered(circuit.destination(), circuit.endpoint()))
                .toList();
        return new SidecarReport(
                edges, circuits, told.access().stream().limit(MOST).toList());
    }

    private static boolean isKnown(String service, Set<String> services) {
        return service.equals(EdgeKey.UNKNOWN) || service.equals(OTHER) || services.contains(service);
    }

    /** Of instances that have gone the sums are kept, of versions that nobody runs those of the service. */
    private static EdgeKey known(EdgeKey key, Membership members) {
        boolean there = !key.instanceId().isEmpty() && members.registered(key.destination(), key.instanceId());
        if (there || (key.instanceId().isEmpty() && key.version().isEmpty())) {
            return key;
        }
        String version = members.versions(key.destination()).containsKey(key.version()) ? key.version() : "";
        return new EdgeKey(key.destination(), version, "", key.protocol(), key.channel());
    }
}
