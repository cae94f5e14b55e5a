/** The one place that maps the model to JSON; the model itself knows nothing of it. */
@NullMarked
package io.signalbox.mesh.json;

import org.jspecify.annotations.NullMarked;
