/** The one hop from the mesh to the FX thread. */
@NullMarked
package io.signalbox.console.feed;

import org.jspecify.annotations.NullMarked;
