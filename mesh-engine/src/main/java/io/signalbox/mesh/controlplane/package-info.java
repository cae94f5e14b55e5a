/** The single writer of policy and membership: tells sidecars what to do and publishes what is true now. */
@NullMarked
package io.signalbox.mesh.controlplane;

import org.jspecify.annotations.NullMarked;
