/** The one place that maps the model to JSON, for both ends of a connection; the model itself knows nothing of it. */
@NullMarked
package io.signalbox.mesh.client.json;

import org.jspecify.annotations.NullMarked;
