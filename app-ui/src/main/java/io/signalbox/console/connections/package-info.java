/** The screen Connections: profiles, the staged test, trust on first use, and the switch from mesh to mesh. */
@NullMarked
package io.signalbox.console.connections;

import org.jspecify.annotations.NullMarked;
