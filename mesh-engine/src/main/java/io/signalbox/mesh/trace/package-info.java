/** B3 and W3C trace context in and out, request ids, and a bounded log of recent spans. */
@NullMarked
package io.signalbox.mesh.trace;

import org.jspecify.annotations.NullMarked;
