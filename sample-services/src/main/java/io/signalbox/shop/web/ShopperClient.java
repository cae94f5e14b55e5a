package io.signalbox.shop.web;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.StringRequestContent;

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
                .headers(headers -> headers.put(Call.SHOPPER, shopper));
        if (!body.isEmpty()) {
            request.body(new StringRequestContent("application/json", body));
        }
        request.send(result ->
                ended.accept(result.isFailed() ? 0 : result.getResponse().getStatus()));
    }
}
