package io.signalbox.console.topology.layout;

import io.signalbox.console.topology.graph.GraphShape;

/** Finds places for the nodes of a graph. May take seconds for large ones: not for the FX thread. */
@FunctionalInterface
public interface LayoutEngine {

    /**
     * Lays out a graph.
     *
     * @param before the layout it follows, whose order is kept where it can be; {@link GraphLayout#EMPTY} at first
     */
    GraphLayout layout(GraphShape shape, GraphLayout before);
}
