package io.signalbox.console.topology.graph;

import io.signalbox.mesh.model.EdgeId;

/** What is selected, or under the pointer. */
public sealed interface Selection {

    static Selection nothing() {
        return new Nothing();
    }

    /** Whether it is that node. */
    default boolean isNode(String name) {
        return this instanceof Node node && node.name().equals(name);
    }

    /** Whether it is that edge. */
    default boolean isEdge(EdgeId id) {
        return this instanceof Edge edge && edge.id().equals(id);
    }

    record Nothing() implements Selection {}

    record Node(String name) implements Selection {}

    record Edge(EdgeId id) implements Selection {}
}
