package io.signalbox.shop.web;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.StringRequestContent;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.client.CoreClientUpgradeRequest;
import org.eclipse.jetty.websocket.core.client.WebSocketCoreClient;

/** How shoppers reach the shop: through the sidecar at its entry, without blocking. */
public final class ShopperClient {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final MeshClient client;
    private final URI entry;

    public ShopperClient(MeshClient client, URI entry) {
        this.client = client;
        this.entry = entry;
    }

    /** @param ended told the answer's status once it is complete; 0 when there is none */
    public void send(String shopper, String method, String path, String body, IntConsumer ended) {
        Request request = client.jetty()
                .newRequest(entry.resolve(path))
                .method(method)
                .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .idleTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .headers(headers -> headers.put(Call.SHOPPER, shopper));
        if (!body.isEmpty()) {
            request.body(new StringRequestContent("application/json", body));
        }
        request.send(result ->
                ended.accept(result.isFailed() ? 0 : result.getResponse().getStatus()));
    }

    /** Opens a WebSocket connection; what comes over it goes to the handler. */
    public CompletableFuture<CoreSession> connect(String shopper, String path, FrameHandler handler) {
        WebSocketCoreClient webSockets = client.webSockets();
        URI at = URI.create("ws://" + entry.getAuthority() + path);
        CoreClientUpgradeRequest upgrade = CoreClientUpgradeRequest.from(webSockets, at, handler);
        upgrade.timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        upgrade.headers(headers -> headers.put(Call.SHOPPER, shopper));
        try {
            return webSockets.connect(upgrade);
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
