package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.metrics.AccessInterval;
import io.signalbox.mesh.metrics.Channel;
import io.signalbox.mesh.metrics.CopyInterval;
import io.signalbox.mesh.metrics.EdgeInterval;
import io.signalbox.mesh.metrics.EdgeKey;
import io.signalbox.mesh.model.Protocol;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;

/**
 * Keeps to the names that the mesh has, in what a sidecar in another process counted: each name that comes in takes room
 * in the figures, and a sidecar may make up as many as it likes.
 */
final class KnownNames {

    /** Edges of one report that are kept apart; more than that are one. */
    static final int MOST_EDGES = 500;

    /** Decisions about callers that are taken of one report. */
    static final int MOST_ACCESS = 64;

    private static final String OTHER = "other";

    private static final EdgeKey REST = new EdgeKey(OTHER, "", "", Protocol.HTTP, Channel.PLAIN);

    private KnownNames() {}

    static SidecarReport of(SidecarTelemetry told, Membership members) {
        List<CircuitReport> circuits = told.circuits().stream()
                .filter(circuit -> members.registered(circuit.destination(), circuit.endpoint()))
                .toList();
        List<AccessInterval> access = told.access() == null
                ? List.of()
                : told.access().stream().limit(MOST_ACCESS).toList();
        return new SidecarReport(edges(told, members), circuits, access, copies(told, members));
    }

    /** Those to versions that run; a policy names one for each service. */
    private static List<CopyInterval> copies(SidecarTelemetry told, Membership members) {
        return told.copies() == null
                ? List.of()
                : told.copies().stream()
                        .filter(copies -> members.versions(copies.destination()).containsKey(copies.version()))
                        .limit(MOST_EDGES)
                        .map(ToldCopies::interval)
                        .toList();
    }

    private static List<EdgeInterval> edges(SidecarTelemetry told, Membership members) {
        Set<String> services = members.services();
        Map<EdgeKey, EdgeInterval> edges = new LinkedHashMap<>();
        for (SidecarTelemetry.Edge edge : told.edges()) {
            if (isKnown(edge.destination(), services)) {
                EdgeKey known = known(edge.key(), members);
                EdgeKey kept = edges.size() < MOST_EDGES || edges.containsKey(known) ? known : REST;
                edges.merge(kept, edge.interval(kept), EdgeInterval::and);
            }
        }
        return List.copyOf(edges.values());
    }

    /** Adds an edge to what is kept of several reports: with the rest where there is no more room for one apart. */
    static void add(Map<EdgeKey, EdgeInterval> kept, EdgeInterval edge, BinaryOperator<EdgeInterval> again) {
        boolean apart = kept.size() < MOST_EDGES || kept.containsKey(edge.key());
        EdgeKey name = apart ? edge.key() : REST;
        kept.merge(name, edge.under(name), name.equals(REST) ? EdgeInterval::and : again);
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
