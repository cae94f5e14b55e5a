/** Who is alive: registration, heartbeats, health checks, and the endpoints that may serve. */
@NullMarked
package io.signalbox.mesh.registry;

import org.jspecify.annotations.NullMarked;
