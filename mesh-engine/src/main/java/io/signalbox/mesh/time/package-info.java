/** The only door to clocks and delays. */
@NullMarked
package io.signalbox.mesh.time;

import org.jspecify.annotations.NullMarked;
