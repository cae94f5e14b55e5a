package io.signalbox.mesh.tls;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * Makes the engines of mutual TLS 1.3, whichever library they come from.
 *
 * <p>A server's engine lets in every member of the mesh; who it is says {@link #peer}. A client's engine lets in the
 * expected service alone.
 */
public interface TlsEngines {

    SSLEngine server();

    /** @param host with {@code port}, the key under which sessions are resumed; not compared with the certificate */
    SSLEngine client(String host, int port, SpiffeId expected);

    /** Who is at the other end, after each handshake: that of a resumed session proves nothing anew. */
    PeerIdentity peer(SSLSession session) throws SSLPeerUnverifiedException;
}
