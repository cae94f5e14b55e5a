/** The control plane's HTTP interface: routes, guards, problems and streams. */
@NullMarked
package io.signalbox.mesh.controlplane.http;

import org.jspecify.annotations.NullMarked;
