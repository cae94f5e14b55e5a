/** What another policy would have made of requests that are over: decided again, as a sidecar decides. */
@NullMarked
package io.signalbox.mesh.whatif;

import org.jspecify.annotations.NullMarked;
