/** Sockets on event loops: bytes in and out, plain or over TLS. Knows no protocol above that. */
@NullMarked
package io.signalbox.mesh.proxy.io;

import org.jspecify.annotations.NullMarked;
