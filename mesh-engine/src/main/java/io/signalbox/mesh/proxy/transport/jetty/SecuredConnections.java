package io.signalbox.mesh.proxy.transport.jetty;

import io.signalbox.mesh.proxy.transport.ChannelSecurity;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.ClientConnectionFactory;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/** Puts TLS beneath an HTTP connection, and lets nothing through before the peer's identity has been checked. */
final class SecuredConnections {

    /** Tells a peer that never answered from one that refused. */
    static final String HANDSHAKE_OVERDUE = "no TLS handshake in time";

    private static final String PEER = "io.signalbox.peer";

    private SecuredConnections() {}

    static Connection server(
            Connector connector, EndPoint endPoint, ChannelSecurity security, Function<EndPoint, Connection> http) {
        SSLEngine engine = security.newEngine();
        SslConnection ssl = tls(connector.getByteBufferPool(), connector.getExecutor(), endPoint, engine);
        Connection above = http.apply(ssl.getSslEndPoint());
        ssl.getSslEndPoint().setConnection(above);
        ssl.addHandshakeListener(
                new PeerCheck(security, peer -> ((ConnectionMetaData) above).setAttribute(PEER, peer)));
        return ssl;
    }

    static Connection client(
            ByteBufferPool pool,
            Executor executor,
            EndPoint endPoint,
            Map<String, Object> context,
            ChannelSecurity security,
            ClientConnectionFactory http,
            Scheduler scheduler,
            Duration longest)
            throws IOException {
        SSLEngine engine = security.newEngine();
        SslConnection ssl = tls(pool, executor, endPoint, engine);
        ssl.getSslEndPoint().setConnection(http.newConnection(ssl.getSslEndPoint(), context));
        Scheduler.Task overdue = scheduler.schedule(
                () -> endPoint.close(new SSLHandshakeException(HANDSHAKE_OVERDUE)),
                longest.toMillis(),
                TimeUnit.MILLISECONDS);
        ssl.addHandshakeListener(new PeerCheck(security, peer -> overdue.cancel()));
        return ssl;
    }

    /** The identity that was proven on the connection of this request, if any. */
    static @Nullable String peerOf(Request request) {
        return (String) request.getConnectionMetaData().getAttribute(PEER);
    }

    private static SslConnection tls(ByteBufferPool pool, Executor executor, EndPoint endPoint, SSLEngine engine) {
        SslConnection ssl = new SslConnection(pool, executor, null, endPoint, engine, false, false);
        ssl.setRenegotiationAllowed(false);
        return ssl;
    }

    private record PeerCheck(ChannelSecurity security, Consumer<String> verified) implements SslHandshakeListener {

        @Override
        public void handshakeSucceeded(Event event) throws SSLException {
            verified.accept(security.verify(event.getSSLEngine().getSession()));
        }
    }
}
