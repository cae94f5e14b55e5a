/** Composition: builds, starts and stops a whole mesh in order. */
@NullMarked
package io.signalbox.mesh.runtime;

import org.jspecify.annotations.NullMarked;
