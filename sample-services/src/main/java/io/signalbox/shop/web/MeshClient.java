package io.signalbox.shop.web;

import java.time.Duration;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.eclipse.jetty.websocket.core.client.WebSocketCoreClient;

/** The keep-alive HTTP client through which every instance and every shopper sends, each to a sidecar of its own. */
public final class MeshClient implements AutoCloseable {

    /** Shorter than any sidecar keeps an idle connection, so that no request meets one that is being closed. */
    private static final Duration IDLE = Duration.ofSeconds(10);

    private final HttpClient client;
    private final WebSocketCoreClient webSockets;

    public MeshClient(QueuedThreadPool threads) {
        client = new HttpClient(new HttpClientTransportOverHTTP(1));
        client.setName("shop-client");
        client.setExecutor(threads);
        client.setIdleTimeout(IDLE.toMillis());
        client.setConnectTimeout(2_000);
        client.setMaxConnectionsPerDestination(1_024);
        client.setMaxRequestsQueuedPerDestination(2_048);
        client.setFollowRedirects(false);
        client.setUserAgentField(null);
        client.setHttpCookieStore(new HttpCookieStore.Empty());
        Lifecycle.start("the shop's client", client);
        client.getContentDecoderFactories().clear();
        webSockets = new WebSocketCoreClient(
                client, new WebSocketComponents(null, null, client.getByteBufferPool(), null, null, threads));
        Lifecycle.start("the shop's WebSocket client", webSockets);
    }

    HttpClient jetty() {
        return client;
    }

    WebSocketCoreClient webSockets() {
        return webSockets;
    }

    @Override
    public void close() {
        Lifecycle.stop("the shop's WebSocket client", webSockets);
        Lifecycle.stop("the shop's client", client);
    }
}
