/** What a sidecar tells about itself. */
@NullMarked
package io.signalbox.mesh.proxy.admin;

import org.jspecify.annotations.NullMarked;
