package io.signalbox.mesh.proxy.socket;

import io.signalbox.mesh.proxy.io.Acceptor;
import io.signalbox.mesh.proxy.io.EventLoop;
import io.signalbox.mesh.proxy.tcp.TcpListener;
import io.signalbox.mesh.proxy.transport.Listener;
import io.signalbox.mesh.proxy.transport.ListenerSpec;
import io.signalbox.mesh.proxy.transport.PortUnavailableException;
import io.signalbox.mesh.proxy.transport.ProxyTransport;
import io.signalbox.mesh.proxy.transport.RequestHandler;
import io.signalbox.mesh.proxy.transport.StreamHandler;
import io.signalbox.mesh.proxy.transport.TransportLimits;
import io.signalbox.mesh.time.Ticker;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * The transport of all sidecars of a process: a few event loops that accept, read and write for every one of them.
 *
 * <p>A connection stays on the loop that it was given to, and its requests go out on upstream connections of that same
 * loop, so no request changes its thread. A listener costs a socket and no thread. Safe to use from any thread.
 */
public final class SocketTransport implements ProxyTransport {

    private static final int MOST_LOOPS = 8;

    private final TransportLimits limits;
    private final List<LoopState> loops;
    private final AtomicInteger turn = new AtomicInteger();

    private SocketTransport(TransportLimits limits, Ticker ticker, int count) {
        this.limits = limits;
        int each = Math.max(1, limits.connectionsPerTarget() / count);
        loops = IntStream.range(0, count)
                .mapToObj(i -> new LoopState(new EventLoop("signalbox-io-" + i, ticker), limits, each))
                .toList();
    }

    /** Starts the loops, one a core; nothing listens yet. */
    public static SocketTransport start(TransportLimits limits, Ticker ticker) {
        int count = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MOST_LOOPS);
        SocketTransport transport = new SocketTransport(limits, ticker, count);
        transport.loops.forEach(state -> state.loop().start());
        return transport;
    }

    @Override
    public Listener listen(ListenerSpec spec, RequestHandler handler) {
        SocketListener listener = new SocketListener(spec, handler, limits);
        try {
            listener.listening(Acceptor.open(
                    next().loop(),
                    new InetSocketAddress(spec.host(), spec.port()),
                    listener.seats(),
                    socket -> take(listener, socket)));
        } catch (IOException e) {
            throw new PortUnavailableException(spec, e);
        }
        return listener;
    }

    @Override
    public Listener listenStreams(ListenerSpec spec, StreamHandler handler) {
        return TcpListener.open(spec, handler, limits, () -> next().loop());
    }

    private void take(SocketListener listener, SocketChannel socket) {
        LoopState state = next();
        state.loop().run(() -> Entrance.open(listener, state, socket));
    }

    private LoopState next() {
        return loops.get(Math.floorMod(turn.getAndIncrement(), loops.size()));
    }

    @Override
    public void closeConnections(String owner) {
        loops.forEach(state -> state.loop().execute(() -> state.pools().close(owner)));
    }

    @Override
    public void close() {
        loops.forEach(state -> state.loop().close());
    }
}
