/** What can go wrong in the proxy, and the one place where it becomes HTTP. */
@NullMarked
package io.signalbox.mesh.proxy.failure;

import org.jspecify.annotations.NullMarked;
