/** The console: what a person sees of the mesh, and the levers to move it. */
@NullMarked
package io.signalbox.console;

import org.jspecify.annotations.NullMarked;
