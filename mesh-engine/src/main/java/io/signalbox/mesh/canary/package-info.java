/** Whether a candidate version may go on: a pure function from counts of both versions to a verdict with its numbers. */
@NullMarked
package io.signalbox.mesh.canary;

import org.jspecify.annotations.NullMarked;
