package io.signalbox.mesh.proxy;

import io.signalbox.mesh.proxy.transport.ChannelSecurity;
import io.signalbox.mesh.tls.PeerIdentity;
import io.signalbox.mesh.tls.SpiffeId;
import io.signalbox.mesh.tls.TlsEngines;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;

/** The two ends of mutual TLS between sidecars. */
sealed interface PeerSecurity extends ChannelSecurity {

    /** Lets in every member of the mesh, and tells which one it is. */
    record Server(TlsEngines engines) implements PeerSecurity {

        @Override
        public SSLEngine newEngine() {
            return engines.server();
        }

        @Override
        public String verify(SSLSession session) throws SSLException {
            return engines.peer(session).id().toString();
        }
    }

    /** Accepts the expected service at that address, and nobody else. */
    record Client(TlsEngines engines, String host, int port, SpiffeId expected) implements PeerSecurity {

        @Override
        public SSLEngine newEngine() {
            return engines.client(host, port, expected);
        }

        @Override
        public String verify(SSLSession session) throws SSLException {
            PeerIdentity peer = engines.peer(session);
            peer.require(expected);
            return peer.id().toString();
        }
    }
}
