package io.signalbox.shop.web;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.StringRequestContent;
import org.eclipse.jetty.http.HttpMethod;

/**
 * The other services as one instance reaches them: by name, through the outbound listener of its own sidecar.
 *
 * <p>Calls block, so they belong on a virtual thread. The application sets no deadline of its own beyond a generous
 * one: timeouts and retries are the mesh's business.
 */
public final class Neighbours {

    private static final Duration LAST_RESORT = Duration.ofSeconds(30);

    private final MeshClient client;
    private final URI outbound;

    public Neighbours(MeshClient client, URI outbound) {
        this.client = client;
        this.outbound = outbound;
    }

    /** Asks for that path and query, because of the call in hand. */
    public Answer get(Call cause, String service, String path) {
        return send(cause, service, request(HttpMethod.GET, path));
    }

    public Answer delete(Call cause, String service, String path) {
        return send(cause, service, request(HttpMethod.DELETE, path));
    }

    public Answer post(Call cause, String service, String path, Object body) {
        return send(
                cause,
                service,
                request(HttpMethod.POST, path).body(new StringRequestContent("application/json", Json.write(body))));
    }

    private Request request(HttpMethod method, String path) {
        return client.jetty().newRequest(outbound.resolve(path)).method(method);
    }

    private static Answer send(Call cause, String service, Request request) {
        // a connection that waits for an answer is not idle, however soon an unused one is closed
        request.timeout(LAST_RESORT.toMillis(), TimeUnit.MILLISECONDS)
                .idleTimeout(LAST_RESORT.toMillis(), TimeUnit.MILLISECONDS)
                .headers(headers -> {
                    cause.carriedOn().forEach(headers::put);
                    headers.put("X-Target-Service", service);
                });
        try {
            ContentResponse response = request.send();
            if (response.getStatus() >= 500) {
                throw new NeighbourFailure(service, "it answered " + response.getStatus());
            }
            return new Answer(service, response.getStatus(), response.getContentAsString());
        } catch (ExecutionException | TimeoutException e) {
            throw new NeighbourFailure(service, "no answer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NeighbourFailure(service, "interrupted");
        }
    }
}
