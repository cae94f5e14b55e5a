/** What passes between a control plane and the sidecars that are attached to it, and what a sidecar makes of it. */
@NullMarked
package io.signalbox.mesh.client.attach;

import org.jspecify.annotations.NullMarked;
