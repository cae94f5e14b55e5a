/** Identities of services and the mutual TLS that proves them. */
@NullMarked
package io.signalbox.mesh.tls;

import org.jspecify.annotations.NullMarked;
