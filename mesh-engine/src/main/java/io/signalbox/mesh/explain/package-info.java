/** What was decided about each request and why: records that are kept, rings that hold them, and their explanation. */
@NullMarked
package io.signalbox.mesh.explain;

import org.jspecify.annotations.NullMarked;
