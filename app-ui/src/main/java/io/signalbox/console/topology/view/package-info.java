/** The nodes of the topology screen: the graph's stage, its tools, its table twin and the timeline. */
@NullMarked
package io.signalbox.console.topology.view;

import org.jspecify.annotations.NullMarked;
