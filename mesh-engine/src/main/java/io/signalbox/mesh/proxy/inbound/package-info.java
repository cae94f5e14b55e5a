/** The calls to the application: who calls, and on to its port. */
@NullMarked
package io.signalbox.mesh.proxy.inbound;

import org.jspecify.annotations.NullMarked;
