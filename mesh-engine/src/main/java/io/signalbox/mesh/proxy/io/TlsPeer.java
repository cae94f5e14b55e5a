package io.signalbox.mesh.proxy.io;

import java.io.IOException;
import java.util.List;
import javax.net.ssl.SSLEngine;

/** How a connection is secured: an engine of its own, and a check once its handshake is done. */
public interface TlsPeer {

    SSLEngine newEngine();

    /** What may be spoken over it, most wanted first (ALPN, RFC 7301); empty says nothing about that. */
    default List<String> protocols() {
        return List.of();
    }

    /** Returns the identity that the peer has proven, or throws when that is not enough. */
    String verify(SSLEngine engine) throws IOException;
}
