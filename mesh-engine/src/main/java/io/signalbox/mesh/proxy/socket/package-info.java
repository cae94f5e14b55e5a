/** The transport over sockets: listeners and pools, which find out what a connection speaks and leave the rest to it. */
@NullMarked
package io.signalbox.mesh.proxy.socket;

import org.jspecify.annotations.NullMarked;
