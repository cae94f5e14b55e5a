/** The transport on Jetty: one shared connector for all listeners, one shared client for all upstream calls. */
@NullMarked
package io.signalbox.mesh.proxy.transport.jetty;

import org.jspecify.annotations.NullMarked;
