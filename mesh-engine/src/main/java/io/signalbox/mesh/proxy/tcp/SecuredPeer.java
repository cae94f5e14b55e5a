package io.signalbox.mesh.proxy.tcp;

import io.signalbox.mesh.proxy.io.TlsPeer;
import io.signalbox.mesh.proxy.transport.ChannelSecurity;
import io.signalbox.mesh.proxy.transport.Target;
import java.io.IOException;
import java.util.List;
import javax.net.ssl.SSLEngine;

/** A side's security as a wire wants it; a peer that wants to speak something else is refused. */
public record SecuredPeer(ChannelSecurity security, Target.Speech speech) implements TlsPeer {

    @Override
    public SSLEngine newEngine() {
        return security.newEngine();
    }

    @Override
    public List<String> protocols() {
        return Alpn.of(speech);
    }

    @Override
    public String verify(SSLEngine engine) throws IOException {
        return security.verify(engine.getSession());
    }
}
