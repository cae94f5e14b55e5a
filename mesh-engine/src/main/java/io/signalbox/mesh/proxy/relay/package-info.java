/**
 * One exchange between a caller and an endpoint, whatever each of them speaks: bodies both ways at the pace of the slower
 * side, attempts, and what becomes of them. The protocols bring the two ends.
 */
@NullMarked
package io.signalbox.mesh.proxy.relay;

import org.jspecify.annotations.NullMarked;
