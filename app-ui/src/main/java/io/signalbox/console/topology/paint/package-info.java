/** Draws the graph on two canvases: what stands still, and what moves. */
@NullMarked
package io.signalbox.console.topology.paint;

import org.jspecify.annotations.NullMarked;
