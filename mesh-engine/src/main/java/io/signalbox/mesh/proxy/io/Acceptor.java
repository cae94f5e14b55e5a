package io.signalbox.mesh.proxy.io;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listening socket: accepts on its loop and hands each connection on. */
public final class Acceptor implements EventLoop.Ready, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Acceptor.class);
    private static final int BACKLOG = 4096;

    /** Connections taken in one go, so that a flood of them does not starve those that are open. */
    private static final int AT_ONCE = 64;

    private final EventLoop loop;
    private final ServerSocketChannel socket;
    private final Consumer<SocketChannel> accepted;
    private @Nullable SelectionKey key;

    private Acceptor(EventLoop loop, ServerSocketChannel socket, Consumer<SocketChannel> accepted) {
        this.loop = loop;
        this.socket = socket;
        this.accepted = accepted;
    }

    /** @throws IOException when the address cannot be bound */
    public static Acceptor open(EventLoop loop, InetSocketAddress address, Consumer<SocketChannel> accepted)
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
        Acceptor acceptor = new Acceptor(loop, socket, accepted);
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
                SocketChannel channel = socket.accept();
                if (channel == null) {
                    return;
                }
                accepted.accept(channel);
            }
        } catch (ClosedChannelException e) {
            log.debug("A listening socket was closed while it accepted", e);
        } catch (IOException e) {
            log.warn("Connections cannot be accepted for now: {}", e.getMessage());
            rest();
        }
    }

    /** Out of descriptors, most likely: asking again at once would keep the loop from closing any. */
    private void rest() {
        SelectionKey own = key;
        if (own != null && own.isValid()) {
            own.interestOps(0);
            loop.later(() -> {
                if (own.isValid()) {
                    own.interestOps(SelectionKey.OP_ACCEPT);
                }
            });
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
