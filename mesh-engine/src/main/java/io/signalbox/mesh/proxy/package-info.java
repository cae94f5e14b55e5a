/** One sidecar: its listeners, what they share, and what it tells about itself. */
@NullMarked
package io.signalbox.mesh.proxy;

import org.jspecify.annotations.NullMarked;
