/** The mesh as a graph to be drawn: nodes, edges, what to find in it and how it has been. Free of the toolkit. */
@NullMarked
package io.signalbox.console.topology.graph;

import org.jspecify.annotations.NullMarked;
