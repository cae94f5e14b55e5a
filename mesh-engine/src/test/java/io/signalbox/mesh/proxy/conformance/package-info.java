/**
 * HTTP/1.1 as RFC 9110 and RFC 9112 have it, asked of a sidecar from outside: raw bytes in, raw bytes out.
 *
 * <p>The tables are data; whatever transport a sidecar is built on, they hold. {@code Via} is the one demand left out: a
 * sidecar adds nothing by which it could be seen.
 */
@NullMarked
package io.signalbox.mesh.proxy.conformance;

import org.jspecify.annotations.NullMarked;
