package io.signalbox.mesh.proxy.socket;

import io.signalbox.mesh.proxy.io.Wire;
import io.signalbox.mesh.proxy.transport.ChannelSecurity;
import java.io.IOException;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/**
 * A side's security as a wire wants it.
 *
 * @param protocols what is offered or accepted by ALPN, the best first
 */
record Secured(ChannelSecurity security, List<String> protocols) implements Wire.TlsPeer {

    static final String HTTP1 = "http/1.1";
    static final String HTTP2 = "h2";
    static final List<String> ALL = List.of(HTTP2, HTTP1);

    Secured {
        protocols = List.copyOf(protocols);
    }

    @Override
    public SSLEngine newEngine() {
        SSLEngine engine = security.newEngine();
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setApplicationProtocols(protocols.toArray(String[]::new));
        engine.setSSLParameters(parameters);
        return engine;
    }

    @Override
    public String verify(SSLEngine engine) throws IOException {
        return security.verify(engine.getSession());
    }
}
