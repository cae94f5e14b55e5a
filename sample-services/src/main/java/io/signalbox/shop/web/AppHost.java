package io.signalbox.shop.web;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.eclipse.jetty.websocket.core.server.WebSocketMappings;

/**
 * One HTTP server for many instances, each on a loopback port of its own that opens and closes by itself.
 *
 * <p>Threads: each open port has one selector thread from a shared pool, and every call runs on a virtual thread.
 * Safe from any thread.
 */
public final class AppHost implements AutoCloseable {

    /** Longer than any sidecar keeps an idle connection, so that the application is never the one that hangs up. */
    private static final long IDLE_MILLIS = 300_000;

    private final ExecutorService calls = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("shop-call-", 0).factory());
    private final Map<Connector, AppPort> ports = new ConcurrentHashMap<>();
    private final QueuedThreadPool threads = new QueuedThreadPool(128, 4, 10_000);
    private final Server server;
    private final WebSocketMappings webSockets;

    public AppHost() {
        threads.setName("shop");
        threads.setDaemon(true);
        threads.setReservedThreads(0);
        server = new Server(threads);
        WebSocketComponents components =
                new WebSocketComponents(null, null, server.getByteBufferPool(), null, null, threads);
        server.addBean(components);
        webSockets = new WebSocketMappings(components);
        server.setHandler(new Dispatch());
        server.setStopTimeout(0);
        Lifecycle.start("the shop's server", server);
    }

    /** Binds a free loopback port; connections wait until {@link AppPort#serve}. */
    public AppPort reserve(String instance) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendDateHeader(false);
        ServerConnector connector =
                new ServerConnector(server, null, null, null, 0, 1, new HttpConnectionFactory(http));
        connector.setName(instance);
        connector.setHost("127.0.0.1");
        connector.setIdleTimeout(IDLE_MILLIS);
        AppPort port = new AppPort(instance, connector);
        ports.put(connector, port);
        return port;
    }

    /** The threads on which clients of the same shop may run. */
    public QueuedThreadPool threads() {
        return threads;
    }

    /** A virtual thread for each call, for instances of the same shop whose ports are their own. */
    public Executor calls() {
        return calls;
    }

    /** Closes every port, ends the calls in flight, and stops the threads. */
    @Override
    public void close() {
        ports.values().forEach(AppPort::close);
        calls.shutdownNow();
        Lifecycle.stop("the shop's server", server);
    }

    private final class Dispatch extends Handler.Abstract.NonBlocking {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            AppPort port = ports.get(request.getConnectionMetaData().getConnector());
            if (port == null) {
                return false;
            }
            Optional<WebSocketPath> live = port.live(request);
            if (live.isEmpty() || !upgrade(live.get(), request, response, callback)) {
                calls.execute(() -> port.answer(request, response, callback));
            }
            return true;
        }

        /** Answers whether the request asked for an upgrade; if not, nothing was done. */
        private boolean upgrade(WebSocketPath live, Request request, Response response, Callback callback) {
            return webSockets.upgrade((_, _, _) -> live.handlers().get(), request, response, callback, null);
        }
    }
}
