/** What is true now: immutable pictures of the running mesh, ready to be drawn or sent. */
@NullMarked
package io.signalbox.mesh.model.status;

import org.jspecify.annotations.NullMarked;
