package io.signalbox.mesh.proxy.tcp;

import io.signalbox.mesh.proxy.io.Acceptor;
import io.signalbox.mesh.proxy.io.EventLoop;
import io.signalbox.mesh.proxy.io.Seats;
import io.signalbox.mesh.proxy.io.TlsPeer;
import io.signalbox.mesh.proxy.transport.Listener;
import io.signalbox.mesh.proxy.transport.ListenerSpec;
import io.signalbox.mesh.proxy.transport.ListenerSpec.Entry;
import io.signalbox.mesh.proxy.transport.PortUnavailableException;
import io.signalbox.mesh.proxy.transport.StreamHandler;
import io.signalbox.mesh.proxy.transport.Target;
import io.signalbox.mesh.proxy.transport.TransportLimits;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listening port for streams of bytes, and the connections that came in there. Safe to use from any thread. */
public final class TcpListener implements Listener {

    private static final Logger log = LoggerFactory.getLogger(TcpListener.class);

    private final Entry entry;
    private final StreamHandler handler;
    private final TransportLimits limits;
    private final Seats seats;
    private final Acceptor acceptor;
    private final Set<TcpConnection> connections = ConcurrentHashMap.newKeySet();
    private final CountDownLatch none = new CountDownLatch(1);
    private volatile boolean closing;

    private TcpListener(
            ListenerSpec spec, StreamHandler handler, TransportLimits limits, Supplier<EventLoop> nextLoop) {
        this.entry = spec.entry();
        this.handler = handler;
        this.limits = limits;
        // A stream may be silent for as long as it likes, so none has to make room.
        seats = new Seats(spec.connections(), () -> {});
        try {
            acceptor = Acceptor.open(
                    nextLoop.get(),
                    new InetSocketAddress(spec.host(), spec.port()),
                    seats,
                    socket -> take(nextLoop.get(), socket));
        } catch (IOException e) {
            throw new PortUnavailableException(spec, e);
        }
    }

    /**
     * Opens the port.
     *
     * @param nextLoop gives each connection its loop, and the port its own
     * @throws PortUnavailableException when it cannot be bound
     */
    public static TcpListener open(
            ListenerSpec spec, StreamHandler handler, TransportLimits limits, Supplier<EventLoop> nextLoop) {
        return new TcpListener(spec, handler, limits, nextLoop);
    }

    @Override
    public int port() {
        return acceptor.port();
    }

    /** How many connections are open. */
    public int connections() {
        return connections.size();
    }

    TransportLimits limits() {
        return limits;
    }

    private void take(EventLoop loop, SocketChannel socket) {
        loop.run(() -> {
            try {
                TcpConnection connection = new TcpConnection(this, loop, socket);
                connections.add(connection);
                begin(connection);
            } catch (IOException e) {
                seats.leave();
                log.debug("A connection had gone before it was taken in", e);
            }
        });
    }

    private void begin(TcpConnection connection) {
        try {
            connection.begin(security(), entry instanceof Entry.Secured);
        } catch (RuntimeException e) {
            log.error("A connection could not be taken in", e);
            connection.abort();
        }
        if (closing) {
            connection.stop();
        }
    }

    private @Nullable TlsPeer security() {
        return switch (entry) {
            case Entry.Plain _ -> null;
            case Entry.Secured(var own) -> new SecuredPeer(own, Target.Speech.BYTES);
            case Entry.Either(var own) -> new SecuredPeer(own, Target.Speech.BYTES);
        };
    }

    void handle(TcpConnection connection) {
        try {
            handler.handle(connection);
        } catch (RuntimeException e) {
            log.error("A connection could not be handled", e);
            connection.abort();
        }
    }

    void remove(TcpConnection connection) {
        if (connections.remove(connection)) {
            seats.leave();
        }
        if (closing && connections.isEmpty()) {
            none.countDown();
        }
    }

    @Override
    public void close(Duration drain) {
        acceptor.close();
        closing = true;
        if (connections.isEmpty()) {
            return;
        }
        try {
            boolean _ = none.await(drain.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connections.forEach(connection -> connection.loop().execute(connection::stop));
    }
}
