/** The calls of the application: route, deadline, retry, balance, breaker, attempt. */
@NullMarked
package io.signalbox.mesh.proxy.outbound;

import org.jspecify.annotations.NullMarked;
