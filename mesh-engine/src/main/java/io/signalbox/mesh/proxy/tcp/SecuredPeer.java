package io.signalbox.mesh.proxy.tcp;

import io.signalbox.mesh.proxy.io.Wire;
import io.signalbox.mesh.proxy.transport.ChannelSecurity;
import java.io.IOException;
import java.util.List;
import javax.net.ssl.SSLEngine;

/** A side's security as a wire wants it, for a stream of bytes: who speaks HTTP there is refused. */
record SecuredPeer(ChannelSecurity security) implements Wire.TlsPeer {

    /** What sidecars call a stream of bytes in their handshakes (ALPN, RFC 7301). */
    static final String ALPN = "signalbox-tcp";

    private static final List<String> PROTOCOLS = List.of(ALPN);

    @Override
    public SSLEngine newEngine() {
        return security.newEngine();
    }

    @Override
    public List<String> protocols() {
        return PROTOCOLS;
    }

    @Override
    public String verify(SSLEngine engine) throws IOException {
        return security.verify(engine.getSession());
    }
}
