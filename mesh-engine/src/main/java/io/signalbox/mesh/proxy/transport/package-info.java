/** What the proxy asks of a transport: listeners, one exchange at a time, and attempts. Free of any HTTP library. */
@NullMarked
package io.signalbox.mesh.proxy.transport;

import org.jspecify.annotations.NullMarked;
