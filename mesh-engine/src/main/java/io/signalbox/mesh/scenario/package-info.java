/** The port through which a demo that runs in the mesh lets itself be driven. */
@NullMarked
package io.signalbox.mesh.scenario;

import org.jspecify.annotations.NullMarked;
