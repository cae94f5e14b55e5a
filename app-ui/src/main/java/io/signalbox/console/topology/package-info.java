/** The topology screen: the mesh as a live graph, its table twin, the panel and the timeline. */
@NullMarked
package io.signalbox.console.topology;

import org.jspecify.annotations.NullMarked;
