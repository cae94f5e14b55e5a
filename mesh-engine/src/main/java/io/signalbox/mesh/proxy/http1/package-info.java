/** HTTP/1.1 on both sides of a proxy: strict reading, framing, pools, one exchange at a time on one event loop. */
@NullMarked
package io.signalbox.mesh.proxy.http1;

import org.jspecify.annotations.NullMarked;
