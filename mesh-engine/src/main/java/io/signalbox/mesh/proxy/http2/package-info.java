/** HTTP/2 at both ends: frames, flow control, streams. A stream is one end of an exchange. */
@NullMarked
package io.signalbox.mesh.proxy.http2;

import org.jspecify.annotations.NullMarked;
