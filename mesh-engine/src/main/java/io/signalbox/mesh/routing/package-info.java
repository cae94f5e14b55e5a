/** From a request's head to a version and its policy; pure, so that a decision can be explained and replayed. */
@NullMarked
package io.signalbox.mesh.routing;

import org.jspecify.annotations.NullMarked;
