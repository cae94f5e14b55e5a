package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.metrics.Channel;
import io.signalbox.mesh.metrics.EdgeKey;
import io.signalbox.mesh.model.EdgeId;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.status.Security;
import io.signalbox.mesh.model.status.ServiceKind;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The calls of the mesh added up in every way that a snapshot needs. For one thread. */
final class TrafficSums {

    /** One edge: all of it, by version, and how it travelled. */
    static final class Edge {

        private static final Edge NOTHING = new Edge();

        private final TrafficSum all = new TrafficSum();
        private final SortedMap<String, TrafficSum> versions = new TreeMap<>();
        private final Map<String, TrafficSum> circuits = new HashMap<>();
        private long secured;
        private long plain;
        private Protocol protocol = Protocol.HTTP;

        TrafficSum all() {
            return all;
        }

        /** By version; calls for which none was chosen are not among them. */
        SortedMap<String, TrafficSum> versions() {
            return versions;
        }

        /** By circuit, named {@code checkout-1->payment-2}. */
        TrafficSum circuit(String id) {
            return circuits.getOrDefault(id, TrafficSum.NOTHING);
        }

        long hops() {
            return secured + plain;
        }

        long secured() {
            return secured;
        }

        Protocol protocol() {
            return protocol;
        }

        Security security() {
            if (hops() == 0) {
                return Security.IDLE;
            }
            return secured == 0 ? Security.PLAIN : plain == 0 ? Security.MTLS : Security.MIXED;
        }

        private void add(CallCell cell) {
            CallCell.Key key = cell.key();
            all.add(cell);
            if (!key.edge().version().isEmpty()) {
                versions.computeIfAbsent(key.edge().version(), _ -> new TrafficSum())
                        .add(cell);
            }
            if (key.reachedEndpoint()) {
                circuits.computeIfAbsent(
                                key.sourceInstance() + "->" + key.edge().instanceId(), _ -> new TrafficSum())
                        .add(cell);
                long calls = 0;
                for (CallCell.Slice slice : cell.window()) {
                    calls += slice.requests();
                }
                secured += key.edge().channel() == Channel.MTLS ? calls : 0;
                plain += key.edge().channel() == Channel.PLAIN ? calls : 0;
                protocol = key.edge().protocol();
            }
        }
    }

    /** A version of a service, or one of its instances. */
    record Part(String service, String name) {}

    private final SortedMap<EdgeId, Edge> edges = new TreeMap<>();
    private final Map<String, TrafficSum> services = new HashMap<>();
    private final Map<String, TrafficSum> callers = new HashMap<>();
    private final Map<Part, TrafficSum> versions = new HashMap<>();
    private final Map<Part, TrafficSum> instances = new HashMap<>();
    private final TrafficSum fromClients = new TrafficSum();
    private final TrafficSum everything = new TrafficSum();

    void add(CallCell cell) {
        CallCell.Key key = cell.key();
        EdgeKey edge = key.edge();
        everything.add(cell);
        if (key.kind() == ServiceKind.CLIENT) {
            fromClients.add(cell);
        }
        callers.computeIfAbsent(key.source(), _ -> new TrafficSum()).add(cell);
        services.computeIfAbsent(edge.destination(), _ -> new TrafficSum()).add(cell);
        versions.computeIfAbsent(new Part(edge.destination(), edge.version()), _ -> new TrafficSum())
                .add(cell);
        if (key.reachedEndpoint()) {
            instances
                    .computeIfAbsent(new Part(edge.destination(), edge.instanceId()), _ -> new TrafficSum())
                    .add(cell);
        }
        if (!edge.destination().equals(EdgeKey.UNKNOWN)) {
            edges.computeIfAbsent(new EdgeId(key.source(), edge.destination()), _ -> new Edge())
                    .add(cell);
        }
    }

    SortedMap<EdgeId, Edge> edges() {
        return edges;
    }

    Edge edge(EdgeId id) {
        return edges.getOrDefault(id, Edge.NOTHING);
    }

    TrafficSum to(String service) {
        return services.getOrDefault(service, TrafficSum.NOTHING);
    }

    TrafficSum by(String client) {
        return callers.getOrDefault(client, TrafficSum.NOTHING);
    }

    TrafficSum toVersion(String service, String version) {
        return versions.getOrDefault(new Part(service, version), TrafficSum.NOTHING);
    }

    TrafficSum toInstance(String service, String instance) {
        return instances.getOrDefault(new Part(service, instance), TrafficSum.NOTHING);
    }

    TrafficSum fromClients() {
        return fromClients;
    }

    TrafficSum everything() {
        return everything;
    }
}
