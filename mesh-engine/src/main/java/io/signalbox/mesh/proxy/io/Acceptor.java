package io.signalbox.mesh.proxy.io;

import io.signalbox.mesh.time.Scheduler.Cancellable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A listening socket: accepts on its loop while there are seats, and hands each connection on. When there are none it
 * rests, and who comes waits in the system's queue.
 */
public final class Acceptor implements EventLoop.Ready, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Acceptor.class);
    private static final int BACKLOG = 256;

    /** Connections taken in one go, so that a flood of them does not starve those that are open. */
    private static final int AT_ONCE = 64;

    private static final Duration REST = Duration.ofMillis(100);

    private final EventLoop loop;
    private final ServerSocketChannel socket;
    private final Seats seats;
    private final Consumer<SocketChannel> accepted;
    private @Nullable SelectionKey key;
    private boolean lookingLater;

    private Acceptor(EventLoop loop, ServerSocketChannel socket, Seats seats, Consumer<SocketChannel> accepted) {
        this.loop = loop;
        this.socket = socket;
        this.seats = seats;
        this.accepted = accepted;
    }

    /**
     * Opens the port.
     *
     * @param accepted takes each connection, and gives its seat back when it has closed
     * @throws IOException when the address cannot be bound
     */
    public static Acceptor open(
            EventLoop loop, InetSocketAddress address, Seats seats, Consumer<SocketChannel> accepted)
            throws IOException {
        ServerSocketChannel socket = ServerSocketChannel.open();
        try {
            socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            socket.bind(address, BACKLOG);
            socket.configureBlocking(false);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        Acceptor acceptor = new Acceptor(loop, socket, seats, accepted);
        loop.execute(acceptor::register);
        return acceptor;
    }

    public int port() {
        return socket.socket().getLocalPort();
    }

    @Override
    public void ready(int operations) {
        try {
            for (int i = 0; i < AT_ONCE; i++) {
                if (seats.isFull()) {
                    awaitSeat();
                    return;
                }
                SocketChannel channel = socket.accept();
                if (channel == null) {
                    return;
                }
                seats.take();
                accepted.accept(channel);
            }
        } catch (ClosedChannelException e) {
            log.debug("A listening socket was closed while it accepted", e);
        } catch (IOException e) {
            log.warn("Connections cannot be accepted for now: {}", e.getMessage());
            rest();
        }
    }

    /** Somebody may be at the door: one looks again when a seat is free, and now and then to ask for room once more. */
    private void awaitSeat() {
        boolean asked = lookingLater;
        rest();
        seats.await(() -> loop.execute(this::goOn));
        if (!asked) {
            seats.askForRoom();
        }
        if (!seats.isFull()) {
            goOn();
        }
    }

    /** Out of descriptors or of seats: asking again at once would keep the loop from freeing any. */
    private void rest() {
        SelectionKey own = key;
        if (own != null && own.isValid()) {
            own.interestOps(0);
            if (!lookingLater) {
                lookingLater = true;
                Cancellable _ = loop.after(REST, () -> {
                    lookingLater = false;
                    goOn();
                });
            }
        }
    }

    private void goOn() {
        seats.awaitNoMore();
        SelectionKey own = key;
        if (own != null && own.isValid()) {
            own.interestOps(SelectionKey.OP_ACCEPT);
        }
    }

    @Override
    public void failed(IOException failure) {
        log.warn("A connection could not be taken in: {}", failure.getMessage());
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            log.debug("A listening socket did not close", e);
        }
        loop.execute(() -> {}); // the port is free once the selector has let go of its key
    }

    private void register() {
        try {
            if (socket.isOpen()) {
                key = loop.register(socket, SelectionKey.OP_ACCEPT, this);
            }
        } catch (IOException e) {
            log.error("A listening socket could not be served", e);
        }
    }
}
