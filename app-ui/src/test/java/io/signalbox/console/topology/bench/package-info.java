/** Measures the frames a second that the graph reaches. */
@NullMarked
package io.signalbox.console.topology.bench;

import org.jspecify.annotations.NullMarked;
