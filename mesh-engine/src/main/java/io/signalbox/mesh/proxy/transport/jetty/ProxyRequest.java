package io.signalbox.mesh.proxy.transport.jetty;

import java.net.URI;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpConversation;
import org.eclipse.jetty.client.transport.HttpRequest;
import org.jspecify.annotations.Nullable;

/** A request whose target goes out byte for byte: Jetty's own would parse it and write it anew. */
final class ProxyRequest extends HttpRequest {

    private final String target;

    ProxyRequest(HttpClient client, URI origin, String target) {
        super(client, new HttpConversation(), origin);
        this.target = target;
    }

    @Override
    public String getPath() {
        return target;
    }

    @Override
    public @Nullable String getQuery() {
        return null;
    }

    /** Only cookies and authentication ask, and a proxy adds neither. */
    @Override
    @SuppressWarnings("NullAway") // Jetty's way of saying that the target is no URI
    public URI getURI() {
        return null;
    }
}
