/** What the topology screen shows and what is chosen on it; free of scenes. */
@NullMarked
package io.signalbox.console.topology.state;

import org.jspecify.annotations.NullMarked;
