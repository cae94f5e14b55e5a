package io.signalbox.mesh.proxy.transport.jetty;

import io.signalbox.mesh.proxy.transport.ChannelSecurity;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.io.ClientConnectionFactory;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.component.LifeCycle;
import org.jspecify.annotations.Nullable;

/**
 * What upstream connections are kept apart by, beside host and port: whose they are and how they are secured.
 *
 * <p>Jetty applies it to each new connection of its kind, which is how one client serves every sidecar's identity.
 */
record UpstreamOrigin(String owner, @Nullable ChannelSecurity security, Duration handshake)
        implements ClientConnectionFactory.Decorator {

    @Override
    public ClientConnectionFactory apply(ClientConnectionFactory http) {
        ChannelSecurity channel = security;
        return channel == null ? http : new SecuredFactory(channel, handshake, http);
    }

    private record SecuredFactory(ChannelSecurity security, Duration handshake, ClientConnectionFactory http)
            implements ClientConnectionFactory {

        @Override
        public Connection newConnection(EndPoint endPoint, Map<String, Object> context) throws IOException {
            ClientConnector connector =
                    (ClientConnector) Objects.requireNonNull(context.get(ClientConnector.CONTEXT_KEY));
            return SecuredConnections.client(
                    connector.getByteBufferPool(),
                    connector.getExecutor(),
                    endPoint,
                    context,
                    security,
                    http,
                    connector.getScheduler(),
                    handshake);
        }
    }

    static boolean belongsTo(String owner, @Nullable Object tag) {
        return tag instanceof UpstreamOrigin origin && origin.owner.equals(owner);
    }

    static void close(HttpClient client, String owner) {
        client.getDestinations().stream()
                .filter(destination -> belongsTo(owner, destination.getOrigin().getTag()))
                .forEach(destination -> {
                    client.removeDestination(destination);
                    LifeCycle.stop(destination);
                });
    }
}
