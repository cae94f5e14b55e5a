/** The part of a mesh that the console shows, where the mesh is larger than anybody can look at. */
@NullMarked
package io.signalbox.console.excerpt;

import org.jspecify.annotations.NullMarked;
