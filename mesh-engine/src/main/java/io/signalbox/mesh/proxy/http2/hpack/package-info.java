/** Header compression for HTTP/2 (RFC 7541): field lists to octets and back, with what both sides remember of a connection. */
@NullMarked
package io.signalbox.mesh.proxy.http2.hpack;

import org.jspecify.annotations.NullMarked;
