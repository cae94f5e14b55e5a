package io.signalbox.mesh.proxy.transport.jetty;

import io.signalbox.mesh.proxy.transport.ChannelSecurity;
import io.signalbox.mesh.proxy.transport.Listener;
import io.signalbox.mesh.proxy.transport.ListenerSpec;
import io.signalbox.mesh.proxy.transport.RequestHandler;
import java.io.Closeable;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IO;
import org.jspecify.annotations.Nullable;

/** A listening port, its connections and the requests being handled on them. Safe to use from any thread. */
final class JettyListener implements Listener {

    private static final String ATTRIBUTE = JettyListener.class.getName();

    private final ListenerSpec spec;
    private final int port;
    private final RequestHandler handler;
    private final HttpConnectionFactory http;
    private final HttpClient client;
    private final TransportLimits limits;
    private final Set<EndPoint> connections = ConcurrentHashMap.newKeySet();
    private final InFlightGate requests = new InFlightGate();
    private volatile @Nullable Closeable socket;

    JettyListener(
            ListenerSpec spec,
            int port,
            RequestHandler handler,
            HttpConnectionFactory http,
            HttpClient client,
            TransportLimits limits) {
        this.spec = spec;
        this.port = port;
        this.handler = handler;
        this.http = http;
        this.client = client;
        this.limits = limits;
    }

    /** The listener that the request came in by. */
    static @Nullable JettyListener of(Request request) {
        return (JettyListener) request.getConnectionMetaData().getAttribute(ATTRIBUTE);
    }

    @Override
    public int port() {
        return port;
    }

    void opened(Closeable listening) {
        socket = listening;
    }

    void connected(EndPoint endPoint) {
        connections.add(endPoint);
    }

    void disconnected(EndPoint endPoint) {
        connections.remove(endPoint);
    }

    Connection newConnection(Connector connector, EndPoint endPoint) {
        return switch (spec.entry()) {
            case ListenerSpec.Entry.Plain plain -> plain(connector, endPoint);
            case ListenerSpec.Entry.Secured secured -> secured(connector, endPoint, secured.security());
            case ListenerSpec.Entry.Either either ->
                new FirstByteConnection(
                        connector,
                        endPoint,
                        () -> plain(connector, endPoint),
                        () -> secured(connector, endPoint, either.security()));
        };
    }

    void handle(Request request, Response response, Callback callback) {
        requests.enter();
        Request.addCompletionListener(request, failure -> requests.leave());
        handler.handle(new JettyExchange(request, response, callback, client, limits, requests::closing));
    }

    @Override
    public void close(Duration drain) {
        IO.close(socket);
        requests.awaitEmpty(drain);
        connections.forEach(EndPoint::close);
    }

    private Connection plain(Connector connector, EndPoint endPoint) {
        Connection connection = http.newConnection(connector, endPoint);
        ((ConnectionMetaData) connection).setAttribute(ATTRIBUTE, this);
        return connection;
    }

    private Connection secured(Connector connector, EndPoint endPoint, ChannelSecurity security) {
        return SecuredConnections.server(connector, endPoint, security, ssl -> plain(connector, ssl));
    }

    @Override
    public String toString() {
        return spec.name() + " on " + spec.host() + ":" + port;
    }
}
