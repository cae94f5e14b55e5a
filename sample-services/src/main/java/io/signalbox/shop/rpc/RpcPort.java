package io.signalbox.shop.rpc;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.okhttp.OkHttpServerBuilder;
import io.signalbox.mesh.model.Switch;
import io.signalbox.shop.web.Port;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The port of one gRPC instance: HTTP/2 in plain text, with prior knowledge.
 *
 * <p>A server of gRPC cannot be started twice, so each time the port is switched on it gets a new one. Accepting,
 * reading and answering run on the threads that were given, which may be virtual.
 */
public final class RpcPort implements Port {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /**
     * A health check connects and leaves without a word, once a second and instance; the server would warn of a broken
     * preface each time. Kept in a field, for a logger that nobody holds forgets its level.
     */
    private static final Logger CONNECTIONS = Logger.getLogger("io.grpc.okhttp.OkHttpServerTransport");

    static {
        CONNECTIONS.setLevel(Level.SEVERE);
    }

    private final String instance;
    private final ServerServiceDefinition service;
    private final Executor threads;
    private final Object lock = new Object();
    private final int number;

    @GuardedBy("lock")
    private @Nullable Server server;

    private RpcPort(String instance, ServerServiceDefinition service, Executor threads) {
        this.instance = instance;
        this.service = service;
        this.threads = threads;
        Server first = started(0);
        server = first;
        number = first.getPort();
    }

    /** Opens a free loopback port, and answers there at once. */
    public static RpcPort open(String instance, ServerServiceDefinition service, Executor threads) {
        return new RpcPort(instance, service, threads);
    }

    @Override
    public int number() {
        return number;
    }

    @Override
    public Switch position() {
        synchronized (lock) {
            return server == null ? Switch.OFF : Switch.ON;
        }
    }

    @Override
    public void switchTo(Switch position) {
        synchronized (lock) {
            switch (position) {
                case ON -> server = server == null ? started(number) : server;
                case OFF -> {
                    if (server != null) {
                        stop(server);
                        server = null;
                    }
                }
            }
        }
    }

    @Override
    public void close() {
        switchTo(Switch.OFF);
    }

    private Server started(int port) {
        try {
            return OkHttpServerBuilder.forPort(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                            InsecureServerCredentials.create())
                    .executor(threads)
                    .transportExecutor(threads)
                    .addService(service)
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot open a port for " + instance + ": " + e.getMessage(), e);
        }
    }

    private static void stop(Server server) {
        server.shutdownNow();
        try {
            boolean _ = server.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
