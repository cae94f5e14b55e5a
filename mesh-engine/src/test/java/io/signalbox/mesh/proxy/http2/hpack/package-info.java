@NullMarked
package io.signalbox.mesh.proxy.http2.hpack;

import org.jspecify.annotations.NullMarked;
