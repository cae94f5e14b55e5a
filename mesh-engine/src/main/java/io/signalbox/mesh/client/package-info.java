/** One connection to a mesh, embedded or remote. */
@NullMarked
package io.signalbox.mesh.client;

import org.jspecify.annotations.NullMarked;
