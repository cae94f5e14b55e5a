package io.signalbox.mesh.proxy.transport.jetty;

import io.signalbox.mesh.proxy.transport.IncomingHead;
import io.signalbox.mesh.proxy.transport.MessageHeaders;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.HostPort;
import org.jspecify.annotations.Nullable;

/** The head of a request as Jetty parsed it. */
final class JettyHead implements IncomingHead {

    private static final String HOST = HttpHeader.HOST.asString();

    private final Request request;
    private final MessageHeaders headers;

    JettyHead(Request request) {
        this.request = request;
        this.headers = JettyHeaders.copyOf(request.getHeaders());
        ownHost();
    }

    /** An absolute-form target outranks {@code Host}, which is then rewritten (RFC 9112, 3.2.2). */
    private void ownHost() {
        String host = host();
        String sent = headers.first(HOST);
        if (host != null && (sent == null || !new HostPort(sent).getHost().equalsIgnoreCase(host))) {
            headers.set(HOST, request.getHttpURI().getAuthority());
        }
    }

    @Override
    public String method() {
        return request.getMethod();
    }

    @Override
    public String path() {
        String path = request.getHttpURI().getPath();
        return path == null || path.isEmpty() ? "/" : path;
    }

    @Override
    public String target() {
        HttpURI uri = request.getHttpURI();
        String query = uri.getQuery();
        return query == null ? path() : path() + '?' + query;
    }

    @Override
    public @Nullable String host() {
        return request.getHttpURI().getHost();
    }

    @Override
    public MessageHeaders headers() {
        return headers;
    }

    /** On HTTP/1.1 a body is announced by a length or a transfer coding, or there is none (RFC 9112, 6.3). */
    @Override
    public boolean hasBody() {
        return request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING) || request.getLength() > 0;
    }
}
