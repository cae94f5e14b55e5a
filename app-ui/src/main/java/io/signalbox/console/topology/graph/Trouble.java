package io.signalbox.console.topology.graph;

import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.status.ServiceHealth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Something that does not do as it should.
 *
 * @param weight for the order alone: larger is worse
 */
public record Trouble(Selection where, Kind kind, double weight) {

    /** What is wrong, worst first. */
    public enum Kind {
        BREAKER_OPEN,
        BREAKER_FORCED,
        FAILING,
        BREAKER_ON_TRIAL,
        DEGRADED
    }

    /** The worst of a mesh, worst first, at most that many; empty when all is well. */
    public static List<Trouble> worst(GraphModel graph, int most) {
        List<Trouble> all = new ArrayList<>();
        graph.edges().forEach(edge -> addEdge(all, edge));
        graph.nodes().stream().filter(GraphNode::card).forEach(node -> addNode(all, node));
        return all.stream()
                .sorted(Comparator.comparingDouble(Trouble::weight).reversed())
                .limit(most)
                .toList();
    }

    private static void addEdge(List<Trouble> all, GraphEdge edge) {
        Selection where = new Selection.Edge(edge.id());
        switch (edge.breaker().state()) {
            case OPEN -> all.add(new Trouble(where, Kind.BREAKER_OPEN, 4 + busy(edge.rps())));
            case FORCED_OPEN -> all.add(new Trouble(where, Kind.BREAKER_FORCED, 3 + busy(edge.rps())));
            case HALF_OPEN -> all.add(new Trouble(where, Kind.BREAKER_ON_TRIAL, 1.2 + busy(edge.rps())));
            case CLOSED, DISABLED -> {
                if (edge.errorShare() >= 0.05 && edge.refusal().isEmpty()) {
                    all.add(new Trouble(where, Kind.FAILING, 1.5 + edge.errorShare() + busy(edge.rps())));
                }
            }
        }
    }

    private static void addNode(List<Trouble> all, GraphNode node) {
        Selection where = new Selection.Node(node.name());
        double failed = 1 - node.stats().successShare().orElse(1);
        if (node.health() == ServiceHealth.FAILING) {
            all.add(new Trouble(
                    where, Kind.FAILING, 2 + failed + busy(node.stats().requestsPerSecond())));
        } else if (node.health() == ServiceHealth.DEGRADED) {
            all.add(new Trouble(
                    where, Kind.DEGRADED, 1 + failed + busy(node.stats().requestsPerSecond())));
        }
    }

    /** A little more for more traffic, never as much as a kind. */
    private static double busy(double requestsPerSecond) {
        return Math.min(0.3, Math.log10(1 + requestsPerSecond) / 12);
    }

    /** The breaker state that a trouble of an edge stands for; closed for any other. */
    public BreakerState breaker() {
        return switch (kind) {
            case BREAKER_OPEN -> BreakerState.OPEN;
            case BREAKER_FORCED -> BreakerState.FORCED_OPEN;
            case BREAKER_ON_TRIAL -> BreakerState.HALF_OPEN;
            case FAILING, DEGRADED -> BreakerState.CLOSED;
        };
    }
}
