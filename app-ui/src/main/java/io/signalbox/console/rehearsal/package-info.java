/** Goes through each screen before somebody opens it, off the FX thread, so that opening one keeps nobody waiting. */
@NullMarked
package io.signalbox.console.rehearsal;

import org.jspecify.annotations.NullMarked;
