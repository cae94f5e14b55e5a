package io.signalbox.console.topology.graph;

import io.signalbox.mesh.model.EdgeId;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.status.BreakerStatus;
import io.signalbox.mesh.model.status.EdgeStatus;
import io.signalbox.mesh.model.status.InstanceStatus;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.model.status.Security;
import io.signalbox.mesh.model.status.ServiceKind;
import io.signalbox.mesh.model.status.ServiceStatus;
import io.signalbox.mesh.model.status.SplitStatus;
import io.signalbox.mesh.model.status.VersionShare;
import io.signalbox.mesh.model.status.VersionStatus;
import io.signalbox.mesh.model.status.VersionTraffic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The graph of one snapshot: nodes by name, edges by id, and the shape that layout depends on. */
public final class GraphModel {

    private final Instant at;
    private final String mesh;
    private final List<GraphNode> nodes;
    private final List<GraphEdge> edges;
    private final Map<String, GraphNode> nodesByName = new HashMap<>();
    private final Map<EdgeId, GraphEdge> edgesById = new HashMap<>();
    private final Set<String> busy = new HashSet<>();
    private final GraphShape shape;

    private GraphModel(Instant at, String mesh, List<GraphNode> nodes, List<GraphEdge> edges) {
        this.at = at;
        this.mesh = mesh;
        this.nodes = List.copyOf(nodes);
        this.edges = List.copyOf(edges);
        nodes.forEach(node -> nodesByName.put(node.name(), node));
        edges.forEach(edge -> edgesById.put(edge.id(), edge));
        edges.stream().filter(edge -> !edge.idle()).forEach(edge -> {
            busy.add(edge.id().source());
            busy.add(edge.id().destination());
        });
        shape = new GraphShape(
                nodes.stream().map(GraphModel::shapeOf).toList(),
                edges.stream()
                        .map(edge -> new GraphShape.Edge(
                                edge.id(),
                                edge.legs().stream().map(GraphEdge.Leg::row).toList()))
                        .toList());
    }

    public static GraphModel of(MeshSnapshot snapshot) {
        Map<String, SplitStatus> splits =
                snapshot.splits().stream().collect(Collectors.toMap(SplitStatus::service, split -> split, (a, b) -> a));
        Map<EdgeId, List<BreakerStatus>> circuits =
                snapshot.breakers().stream().collect(Collectors.groupingBy(BreakerStatus::edge));
        Set<String> callers = new HashSet<>();
        snapshot.edges().forEach(edge -> callers.add(edge.id().source()));
        Map<String, Security> securities = securities(snapshot);
        Map<String, GraphNode> nodes = new HashMap<>();
        for (ServiceStatus service : snapshot.services()) {
            nodes.put(
                    service.name(), node(service, splits.get(service.name()), callers, securities.get(service.name())));
        }
        List<GraphEdge> edges = snapshot.edges().stream()
                .filter(edge -> nodes.containsKey(edge.id().source())
                        && nodes.containsKey(edge.id().destination()))
                .sorted(Comparator.comparing(EdgeStatus::id))
                .map(edge -> edge(edge, nodes, splits, circuits))
                .toList();
        List<GraphNode> sorted = nodes.values().stream()
                .sorted(Comparator.comparing(GraphNode::name))
                .toList();
        return new GraphModel(snapshot.at(), snapshot.mesh(), sorted, edges);
    }

    public Instant at() {
        return at;
    }

    public String mesh() {
        return mesh;
    }

    /** All nodes by name. */
    public List<GraphNode> nodes() {
        return nodes;
    }

    /** All edges by source, then destination. */
    public List<GraphEdge> edges() {
        return edges;
    }

    public @Nullable GraphNode node(String name) {
        return nodesByName.get(name);
    }

    public @Nullable GraphEdge edge(EdgeId id) {
        return edgesById.get(id);
    }

    /** Whether nobody calls the service and it calls nobody: its card is drawn faint. */
    public boolean asleep(GraphNode node) {
        return node.card() && !busy.contains(node.name());
    }

    public GraphShape shape() {
        return shape;
    }

    private static GraphShape.Node shapeOf(GraphNode node) {
        return new GraphShape.Node(
                node.name(),
                node.kind(),
                node.protocol() == Protocol.HTTP ? "" : node.protocol().wireName(),
                node.lines(),
                node.place());
    }

    private static GraphNode node(
            ServiceStatus service, @Nullable SplitStatus split, Set<String> callers, @Nullable Security seen) {
        List<VersionRow> rows = service.versions().stream()
                .map(version -> new VersionRow(
                        version.version(),
                        part(split, version.version()),
                        version.health(),
                        version.stats(),
                        version.instances().stream().map(Pip::of).toList()))
                .toList();
        return new GraphNode(
                service.name(),
                service.kind(),
                service.protocol(),
                service.health(),
                service.stats(),
                seen == null || seen == Security.IDLE ? registered(service) : seen,
                service.kind() == ServiceKind.SERVICE ? rows : List.of(),
                service.versions(),
                callers.contains(service.name()) ? GraphNode.Place.INNER : GraphNode.Place.LEAF);
    }

    /** How calls to it would travel, going by what its instances registered. */
    private static Security registered(ServiceStatus service) {
        List<InstanceStatus> instances = service.versions().stream()
                .map(VersionStatus::instances)
                .flatMap(List::stream)
                .toList();
        if (instances.isEmpty()) {
            return Security.IDLE;
        }
        boolean all =
                instances.stream().allMatch(one -> one.instance().spiffeId().isPresent());
        return all ? Security.MTLS : Security.PLAIN;
    }

    private static Map<String, Security> securities(MeshSnapshot snapshot) {
        Map<String, Security> incoming = new HashMap<>();
        Map<String, Security> outgoing = new HashMap<>();
        snapshot.edges().stream().filter(edge -> !GraphEdge.refused(edge)).forEach(edge -> {
            incoming.merge(edge.id().destination(), edge.security(), GraphModel::together);
            outgoing.merge(edge.id().source(), edge.security(), GraphModel::together);
        });
        outgoing.forEach(incoming::putIfAbsent);
        return incoming;
    }

    private static Security together(Security one, Security other) {
        if (one == other || other == Security.IDLE) {
            return one;
        }
        return one == Security.IDLE ? other : Security.MIXED;
    }

    private static VersionRow.Part part(@Nullable SplitStatus split, String version) {
        boolean candidate = split != null
                && split.versions().stream()
                        .anyMatch(share -> share.role() == VersionShare.Role.CANDIDATE
                                && share.version().equals(version));
        return candidate ? VersionRow.Part.CANDIDATE : VersionRow.Part.USUAL;
    }

    private static GraphEdge edge(
            EdgeStatus status,
            Map<String, GraphNode> nodes,
            Map<String, SplitStatus> splits,
            Map<EdgeId, List<BreakerStatus>> circuits) {
        List<GraphEdge.Leg> legs = Optional.ofNullable(splits.get(status.id().destination()))
                .map(split -> legs(status, split, nodes.get(status.id().destination())))
                .orElse(List.of());
        List<BreakerStatus> own = circuits.getOrDefault(status.id(), List.of());
        return new GraphEdge(status, legs.size() > 1 ? legs : List.of(), BreakerMark.of(status, own), own);
    }

    private static List<GraphEdge.Leg> legs(EdgeStatus status, SplitStatus split, @Nullable GraphNode destination) {
        if (destination == null) {
            return List.of();
        }
        List<GraphEdge.Leg> legs = new ArrayList<>();
        List<VersionRow> shown = destination.shownRows();
        for (int row = 0; row < shown.size(); row++) {
            VersionRow version = shown.get(row);
            for (VersionShare share : split.versions()) {
                if (share.version().equals(version.version())) {
                    legs.add(new GraphEdge.Leg(
                            version.version(),
                            row,
                            version.part(),
                            share.asked().percent(),
                            got(status, version.version())));
                }
            }
        }
        return legs;
    }

    private static double got(EdgeStatus status, String version) {
        return status.versions().stream()
                .filter(traffic -> traffic.version().equals(version))
                .mapToDouble(VersionTraffic::share)
                .findFirst()
                .orElse(0);
    }
}
