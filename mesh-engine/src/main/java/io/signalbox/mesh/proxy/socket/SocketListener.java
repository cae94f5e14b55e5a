package io.signalbox.mesh.proxy.socket;

import io.signalbox.mesh.proxy.io.Acceptor;
import io.signalbox.mesh.proxy.io.EventLoop;
import io.signalbox.mesh.proxy.io.Seats;
import io.signalbox.mesh.proxy.io.TlsPeer;
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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listening port, its connections and the requests being handled on them. Safe to use from any thread. */
final class SocketListener implements Listener, Reception {

    private static final Logger log = LoggerFactory.getLogger(SocketListener.class);

    /** Whoever has been without a request for so long may have to make room; in use, one is not idle for longer. */
    private static final Duration IDLE = Duration.ofSeconds(1);

    /** What part of the connections makes room at once. */
    private static final int PART = 8;

    private final RequestHandler handler;
    private final TransportLimits limits;
    private final @Nullable TlsPeer security;
    private final boolean plainAllowed;
    private final Map<CallerConnection, EventLoop> connections = new ConcurrentHashMap<>();
    private final int most;
    private final Seats seats;
    private final InFlight requests = new InFlight();
    private volatile @Nullable Acceptor acceptor;

    SocketListener(ListenerSpec spec, RequestHandler handler, TransportLimits limits) {
        this.handler = handler;
        this.limits = limits;
        most = spec.connections();
        seats = new Seats(most, this::makeRoom);
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

    Seats seats() {
        return seats;
    }

    TransportLimits limits() {
        return limits;
    }

    /** How TLS is spoken here; {@code null} where it is not. */
    @Nullable
    TlsPeer security() {
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

    /** Somebody waits for a seat: on each loop those go that have been idle the longest. */
    private void makeRoom() {
        connections.entrySet().stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getValue, Collectors.mapping(Map.Entry::getKey, Collectors.toList())))
                .forEach((loop, own) -> loop.execute(() -> drainIdle(own, loop.nanos())));
    }

    private void drainIdle(List<CallerConnection> own, long now) {
        own.stream()
                .filter(connection -> connection.idleNanos(now) >= IDLE.toNanos())
                .sorted(Comparator.comparingLong((CallerConnection connection) -> connection.idleNanos(now))
                        .reversed())
                .limit(1 + most / PART)
                .toList()
                .forEach(CallerConnection::drain);
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
        if (connections.remove(connection) != null) {
            seats.leave();
            requests.move();
        }
    }

    @Override
    public void close(Duration drain) {
        Acceptor own = acceptor;
        if (own != null) {
            own.close();
        }
        requests.close();
        connections.forEach((connection, loop) -> loop.execute(connection::drain));
        requests.awaitNone(drain, connections::isEmpty);
        connections.forEach((connection, loop) -> loop.execute(connection::close));
    }
}
