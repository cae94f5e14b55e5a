package io.signalbox.shop.line;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.signalbox.mesh.model.Switch;
import io.signalbox.shop.web.Port;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The TCP port of one instance that answers line by line.
 *
 * <p>Accepting, and each connection, take one of the threads that were given; they block, so they should be virtual.
 */
public final class LinePort implements Port {

    private static final Logger log = LoggerFactory.getLogger(LinePort.class);

    /** Longer than any caller keeps an idle connection. */
    private static final Duration IDLE = Duration.ofMinutes(5);

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int BACKLOG = 128;

    private final String instance;
    private final LineService service;
    private final Executor threads;
    private final Object lock = new Object();
    private final Set<LineConnection> connections = ConcurrentHashMap.newKeySet();
    private final int number;

    @GuardedBy("lock")
    private @Nullable Listening listening;

    private LinePort(String instance, LineService service, Executor threads) {
        this.instance = instance;
        this.service = service;
        this.threads = threads;
        Listening first = opened(0);
        listening = first;
        number = first.socket.getLocalPort();
    }

    /** Opens a free loopback port, and answers there at once. */
    public static LinePort open(String instance, LineService service, Executor threads) {
        return new LinePort(instance, service, threads);
    }

    @Override
    public int number() {
        return number;
    }

    @Override
    public Switch position() {
        synchronized (lock) {
            return listening == null ? Switch.OFF : Switch.ON;
        }
    }

    @Override
    public void switchTo(Switch position) {
        synchronized (lock) {
            switch (position) {
                case ON -> listening = listening == null ? opened(number) : listening;
                case OFF -> {
                    if (listening != null) {
                        shut(listening);
                        listening = null;
                    }
                }
            }
        }
    }

    @Override
    public void close() {
        switchTo(Switch.OFF);
    }

    private Listening opened(int port) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
            return new Listening(socket, CompletableFuture.runAsync(() -> accept(socket), threads));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot open a port for " + instance + ": " + e.getMessage(), e);
        }
    }

    /** Waits until the accepting thread has let go: before that, a closed port may still take connections. */
    private void shut(Listening listening) {
        try {
            listening.socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        listening
                .accepting
                .completeOnTimeout(null, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        connections.forEach(LineConnection::close);
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                Socket accepted = socket.accept();
                accepted.setTcpNoDelay(true);
                threads.execute(() -> serve(socket, accepted));
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    log.warn("{} could not accept a connection: {}", instance, e.getMessage());
                }
            }
        }
    }

    private void serve(ServerSocket listener, Socket accepted) {
        try (LineConnection connection = new LineConnection(accepted, IDLE)) {
            connections.add(connection);
            try {
                // One that was accepted while the port closed would otherwise outlive it.
                boolean open = !listener.isClosed();
                while (open) {
                    Optional<String> line = connection.read();
                    open = line.isPresent() && answer(connection, service.answer(line.get()));
                }
            } finally {
                connections.remove(connection);
            }
        } catch (IOException e) {
            log.debug("{}: a connection ended: {}", instance, e.getMessage());
        } catch (RuntimeException e) {
            log.error("{} failed", instance, e);
        }
    }

    /** Answers whether the connection goes on. */
    private static boolean answer(LineConnection connection, LineReply reply) throws IOException {
        return switch (reply) {
            case LineReply.Line line -> {
                connection.write(line.text());
                yield true;
            }
            case LineReply.Last last -> {
                connection.write(last.text());
                yield false;
            }
            case LineReply.Cut cut -> {
                connection.cut(cut.beginning());
                yield false;
            }
        };
    }

    private record Listening(ServerSocket socket, CompletableFuture<Void> accepting) {}
}
