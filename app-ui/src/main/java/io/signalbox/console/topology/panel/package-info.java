/** The panel beside the graph: an edge, a service, or the worst of the mesh. */
@NullMarked
package io.signalbox.console.topology.panel;

import org.jspecify.annotations.NullMarked;
