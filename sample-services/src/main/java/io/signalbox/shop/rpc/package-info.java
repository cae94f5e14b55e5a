/** What Corner Shop's gRPC applications are served with and called with. */
@NullMarked
package io.signalbox.shop.rpc;

import org.jspecify.annotations.NullMarked;
