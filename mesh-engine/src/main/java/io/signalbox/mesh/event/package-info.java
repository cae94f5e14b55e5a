/** What happened, in order, bounded. */
@NullMarked
package io.signalbox.mesh.event;

import org.jspecify.annotations.NullMarked;
