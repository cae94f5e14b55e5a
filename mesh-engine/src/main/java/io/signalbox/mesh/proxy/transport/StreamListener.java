package io.signalbox.mesh.proxy.transport;

import io.signalbox.mesh.proxy.transport.StreamEnd.Side;

/**
 * Learns how a stream goes. Nothing here may block.
 *
 * <p>Either {@link #onFailed}, or {@link #onConnected}, any number of {@link #onPassed}, and {@link #onEnded} once; a
 * caller that leaves, or a listener that closes, before the connection stands is told by {@link #onEnded} alone.
 */
public interface StreamListener {

    /** The target has been connected to, and over TLS has proven who it is. */
    default void onConnected() {}

    /** No connection could be made; the caller has not been told anything. */
    void onFailed(UpstreamFailure failure);

    /** That side has said so much more. */
    default void onPassed(Side from, int bytes) {}

    default void onEnded(StreamEnd end) {}
}
