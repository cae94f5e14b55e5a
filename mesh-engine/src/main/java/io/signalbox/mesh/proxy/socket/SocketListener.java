package io.signalbox.mesh.proxy.socket;

import io.signalbox.mesh.proxy.io.Acceptor;
import io.signalbox.mesh.proxy.io.EventLoop;
import io.signalbox.mesh.proxy.io.Wire;
import io.signalbox.mesh.proxy.relay.CallerConnection;
import io.signalbox.mesh.proxy.relay.Reception;
import io.signalbox.mesh.proxy.relay.ServerCall;
import io.signalbox.mesh.proxy.tcp.SecuredPeer;
import io.signalbox.mesh.proxy.transport.Listener;
import io.signalbox.mesh.proxy.transport.ListenerSpec;
import io.signalbox.mesh.proxy.transport.RequestHandler;
import io.signalbox.mesh.proxy.transport.Target;
import io.signalbox.mesh.proxy.transport.TransportLimits;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listening port, its connections and the requests being handled on them. Safe to use from any thread. */
final class SocketListener implements Listener, Reception {

    private static final Logger log = LoggerFactory.getLogger(SocketListener.class);

    private final RequestHandler handler;
    private final TransportLimits limits;
    private final Wire.@Nullable TlsPeer security;
    private final boolean plainAllowed;
    private final Map<CallerConnection, EventLoop> connections = new ConcurrentHashMap<>();
    private final InFlight requests = new InFlight();
    private volatile @Nullable Acceptor acceptor;

    SocketListener(ListenerSpec spec, RequestHandler handler, TransportLimits limits) {
        this.handler = handler;
        this.limits = limits;
        security = switch (spec.entry()) {
            case ListenerSpec.Entry.Plain _ -> null;
            case ListenerSpec.Entry.Secured(var own) -> new SecuredPeer(own, Target.Speech.NEGOTIATED);
            case ListenerSpec.Entry.Either(var own) -> new SecuredPeer(own, Target.Speech.NEGOTIATED);
        };
        plainAllowed = !(spec.entry() instanceof ListenerSpec.Entry.Secured);
    }

    void listening(Acceptor own) {
        acceptor = own;
    }

    @Override
    public int port() {
        Acceptor own = acceptor;
        return own == null ? 0 : own.port();
    }

    TransportLimits limits() {
        return limits;
    }

    /** How TLS is spoken here; {@code null} where it is not. */
    Wire.@Nullable TlsPeer security() {
        return security;
    }

    boolean plainAllowed() {
        return plainAllowed;
    }

    void opened(CallerConnection connection, EventLoop loop) {
        connections.put(connection, loop);
        if (isClosing()) {
            connection.close();
        }
    }

    void replaced(CallerConnection before, CallerConnection after, EventLoop loop) {
        connections.remove(before);
        connections.put(after, loop);
    }

    @Override
    public void began(ServerCall call) {
        requests.enter();
        try {
            handler.handle(call);
        } catch (RuntimeException e) {
            log.error("A request could not be handled", e);
            call.abort();
        }
    }

    @Override
    public void ended() {
        requests.leave();
    }

    @Override
    public boolean isClosing() {
        return requests.isClosing();
    }

    @Override
    public void closed(CallerConnection connection) {
        connections.remove(connection);
    }

    @Override
    public void close(Duration drain) {
        Acceptor own = acceptor;
        if (own != null) {
            own.close();
        }
        requests.close();
        connections.forEach((connection, loop) -> loop.execute(connection::drain));
        requests.awaitNone(drain);
        connections.forEach((connection, loop) -> loop.execute(connection::close));
    }
}
