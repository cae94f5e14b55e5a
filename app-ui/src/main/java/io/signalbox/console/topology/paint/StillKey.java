package io.signalbox.console.topology.paint;

import io.signalbox.console.topology.graph.BreakerMark;
import io.signalbox.console.topology.graph.Found;
import io.signalbox.console.topology.graph.GraphEdge;
import io.signalbox.console.topology.graph.GraphNode;
import io.signalbox.console.topology.graph.Selection;
import io.signalbox.console.topology.layout.GraphLayout;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.status.ServiceHealth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that the still canvas shows from afar, where cards have no figures: two scenes with equal keys look alike, so the
 * second need not be painted.
 */
public record StillKey(
        Viewport viewport,
        GraphLayout layout,
        Selection selection,
        Selection hover,
        Selection focus,
        Found found,
        GraphScene.FindMode findMode,
        GraphScene.Freshness freshness,
        List<ServiceHealth> nodes,
        List<EdgeLook> edges,
        List<BreakerState> severed) {

    public StillKey {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
        severed = List.copyOf(severed);
    }

    /** The key of a scene; empty where figures are drawn, since those change all the time. */
    public static Optional<StillKey> of(GraphScene scene, Viewport viewport) {
        if (viewport.detail().cards()) {
            return Optional.empty();
        }
        List<ServiceHealth> nodes = new ArrayList<>(scene.model().nodes().size());
        for (GraphNode node : scene.model().nodes()) {
            nodes.add(node.health());
        }
        List<EdgeLook> edges = new ArrayList<>(scene.model().edges().size());
        List<BreakerState> severed = new ArrayList<>();
        for (GraphEdge edge : scene.model().edges()) {
            edges.add(EdgeLook.of(edge, scene, viewport));
            BreakerMark breaker = edge.breaker();
            severed.add(breaker.severed() ? breaker.state() : BreakerState.CLOSED);
        }
        return Optional.of(new StillKey(
                viewport,
                scene.layout(),
                scene.selection(),
                scene.hover(),
                scene.focus(),
                scene.found(),
                scene.findMode(),
                scene.freshness(),
                nodes,
                edges,
                severed));
    }
}
