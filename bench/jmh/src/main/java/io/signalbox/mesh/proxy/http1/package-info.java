/** Micro benchmarks of what that package keeps to itself. */
@NullMarked
package io.signalbox.mesh.proxy.http1;

import org.jspecify.annotations.NullMarked;
