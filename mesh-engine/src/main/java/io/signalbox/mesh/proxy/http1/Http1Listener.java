package io.signalbox.mesh.proxy.http1;

import io.signalbox.mesh.proxy.io.Acceptor;
import io.signalbox.mesh.proxy.io.Wire;
import io.signalbox.mesh.proxy.transport.Listener;
import io.signalbox.mesh.proxy.transport.ListenerSpec;
import io.signalbox.mesh.proxy.transport.RequestHandler;
import io.signalbox.mesh.proxy.transport.TransportLimits;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listening port, its connections and the requests being handled on them. Safe to use from any thread. */
final class Http1Listener implements Listener {

    private static final Logger log = LoggerFactory.getLogger(Http1Listener.class);

    private final RequestHandler handler;
    private final TransportLimits limits;
    private final Wire.@Nullable TlsPeer security;
    private final boolean plainAllowed;
    private final Set<ServerConnection> connections = ConcurrentHashMap.newKeySet();
    private final InFlight requests = new InFlight();
    private volatile @Nullable Acceptor acceptor;

    Http1Listener(ListenerSpec spec, RequestHandler handler, TransportLimits limits) {
        this.handler = handler;
        this.limits = limits;
        security = switch (spec.entry()) {
            case ListenerSpec.Entry.Plain _ -> null;
            case ListenerSpec.Entry.Secured(var own) -> new UpstreamPools.Secured(own);
            case ListenerSpec.Entry.Either(var own) -> new UpstreamPools.Secured(own);
        };
        plainAllowed = !(spec.entry() instanceof ListenerSpec.Entry.Secured);
    }

    void opened(Acceptor listening) {
        acceptor = listening;
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

    InFlight requests() {
        return requests;
    }

    boolean isClosing() {
        return requests.isClosing();
    }

    void add(ServerConnection connection) {
        connections.add(connection);
        if (isClosing()) {
            connection.close();
        }
    }

    void remove(ServerConnection connection) {
        connections.remove(connection);
    }

    void handle(ServerCall call) {
        try {
            handler.handle(call);
        } catch (RuntimeException e) {
            log.error("A request could not be handled", e);
            call.abort();
        }
    }

    @Override
    public void close(Duration drain) {
        Acceptor own = acceptor;
        if (own != null) {
            own.close();
        }
        requests.awaitNone(drain);
        connections.forEach(connection -> connection.loop().loop().execute(connection::close));
    }
}
