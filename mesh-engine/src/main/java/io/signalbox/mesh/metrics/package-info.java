/** Counts and times what one sidecar sends, for Prometheus and for the console. */
@NullMarked
package io.signalbox.mesh.metrics;

import org.jspecify.annotations.NullMarked;
