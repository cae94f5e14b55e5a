/** A connection to a control plane behind an address. */
@NullMarked
package io.signalbox.mesh.client.remote;

import org.jspecify.annotations.NullMarked;
