/** Why a circuit opened: the calls it was opened for, who was refused since, and what other settings had done. */
@NullMarked
package io.signalbox.mesh.autopsy;

import org.jspecify.annotations.NullMarked;
