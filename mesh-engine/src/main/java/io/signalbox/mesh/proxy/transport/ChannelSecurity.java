package io.signalbox.mesh.proxy.transport;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;

/**
 * How the connections of one side are secured: a new engine for each, and a check once its handshake is done.
 *
 * <p>For {@link Target}s two equal securities may share connections. Safe to use from any thread.
 */
public interface ChannelSecurity {

    SSLEngine newEngine();

    /**
     * Returns the identity that the peer has proven.
     *
     * @throws SSLException when it has proven none, or not the one expected; the connection is then closed unused
     */
    String verify(SSLSession session) throws SSLException;
}
