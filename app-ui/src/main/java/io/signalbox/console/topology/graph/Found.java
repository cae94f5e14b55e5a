package io.signalbox.console.topology.graph;

import io.signalbox.mesh.model.EdgeId;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a question found in a graph.
 *
 * @param asked whether there was a question
 * @param nodes found by name
 * @param edges found by id
 */
public record Found(Asked asked, Set<String> nodes, Set<EdgeId> edges) {

    public static final Found NOT_ASKED = new Found(Asked.NO, Set.of(), Set.of());

    public Found {
        nodes = Set.copyOf(nodes);
        edges = Set.copyOf(edges);
    }

    /** Whether there was a question. */
    public enum Asked {
        NO,
        YES
    }

    public static Found in(GraphModel graph, Optional<Find> question) {
        if (question.isEmpty()) {
            return NOT_ASKED;
        }
        Find find = question.get();
        return new Found(
                Asked.YES,
                graph.nodes().stream()
                        .filter(find::matches)
                        .map(GraphNode::name)
                        .collect(Collectors.toSet()),
                graph.edges().stream().filter(find::matches).map(GraphEdge::id).collect(Collectors.toSet()));
    }

    public boolean active() {
        return asked == Asked.YES;
    }

    public boolean has(String node) {
        return nodes.contains(node);
    }

    /** Whether an edge belongs to what was found: itself, or both its ends. */
    public boolean touches(EdgeId edge) {
        return edges.contains(edge) || (nodes.contains(edge.source()) && nodes.contains(edge.destination()));
    }
}
