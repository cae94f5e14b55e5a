/** Hashes that are the same everywhere, for draws and picks that must agree from sidecar to sidecar. */
@NullMarked
package io.signalbox.mesh.hash;

import org.jspecify.annotations.NullMarked;
