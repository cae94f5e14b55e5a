package io.signalbox.console.topology.graph;

import io.signalbox.mesh.model.EdgeId;
import io.signalbox.mesh.model.status.ServiceKind;
import java.util.List;

/** What decides where things stand: who is there, who calls whom, how large each card is. */
public record GraphShape(List<Node> nodes, List<Edge> edges) {

    public GraphShape {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
    }

    /**
     * A node's part of the shape.
     *
     * @param lines below the card's header
     */
    public record Node(String name, ServiceKind kind, String protocol, int lines, GraphNode.Place place) {}

    /**
     * An edge's part of the shape.
     *
     * @param legRows the card rows that its legs lead to; empty without a turnout
     */
    public record Edge(EdgeId id, List<Integer> legRows) {

        public Edge {
            legRows = List.copyOf(legRows);
        }
    }
}
