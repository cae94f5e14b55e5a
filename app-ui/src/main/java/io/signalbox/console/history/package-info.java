/** The history screen: who changed what in the mesh, when and why, and the way back. */
@NullMarked
package io.signalbox.console.history;

import org.jspecify.annotations.NullMarked;
