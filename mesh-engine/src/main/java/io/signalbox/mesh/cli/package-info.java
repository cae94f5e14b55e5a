/** The command line: one class a command, over a {@link io.signalbox.mesh.client.MeshConnection}. */
@NullMarked
package io.signalbox.mesh.cli;

import org.jspecify.annotations.NullMarked;
