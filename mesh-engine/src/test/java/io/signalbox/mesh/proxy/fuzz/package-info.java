/** What must hold of any bytes that a peer may send, for the fuzzer and for the inputs that it has found. */
@NullMarked
package io.signalbox.mesh.proxy.fuzz;

import org.jspecify.annotations.NullMarked;
