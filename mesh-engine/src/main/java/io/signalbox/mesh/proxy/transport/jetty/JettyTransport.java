package io.signalbox.mesh.proxy.transport.jetty;

import io.signalbox.mesh.proxy.transport.Listener;
import io.signalbox.mesh.proxy.transport.ListenerSpec;
import io.signalbox.mesh.proxy.transport.PortUnavailableException;
import io.signalbox.mesh.proxy.transport.ProxyTransport;
import io.signalbox.mesh.proxy.transport.RequestHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import org.eclipse.jetty.client.ContinueProtocolHandler;
import org.eclipse.jetty.client.EarlyHintsProtocolHandler;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.ProcessingProtocolHandler;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The transport on Jetty's server and client, one of each for the whole process.
 *
 * <p>Threads: two selectors accept and read, two more drive upstream connections, and all work is done on them without
 * blocking; the pool's other threads resolve names. Safe to use from any thread.
 */
public final class JettyTransport implements ProxyTransport {

    private static final int SELECTORS = 2;
    private static final int BACKLOG = 1024;

    private final TransportLimits limits;
    private final Server server;
    private final MeshConnector connector;
    private final HttpConnectionFactory http;
    private final HttpClient client;

    private JettyTransport(TransportLimits limits) {
        this.limits = limits;
        QueuedThreadPool threads = new QueuedThreadPool(24, 4);
        threads.setName("signalbox-io");
        threads.setDaemon(true);
        server = new Server(threads);
        http = new HttpConnectionFactory(configuration(limits));
        connector = new MeshConnector(server, http, SELECTORS);
        connector.setIdleTimeout(limits.kept().toMillis());
        server.addConnector(connector);
        server.setHandler(new ListenerDispatch());
        server.setErrorHandler(new UnreadableRequest());
        client = newClient(limits);
    }

    /** Starts the threads; nothing listens yet. */
    public static JettyTransport start(TransportLimits limits) {
        JettyTransport transport = new JettyTransport(limits);
        LifeCycle.start(transport.server);
        transport.client.setExecutor(transport.server.getThreadPool());
        transport.client.setScheduler(transport.server.getScheduler());
        transport.client.setByteBufferPool(transport.server.getByteBufferPool());
        LifeCycle.start(transport.client);
        transport.passThrough();
        return transport;
    }

    @Override
    public Listener listen(ListenerSpec spec, RequestHandler handler) {
        try {
            ServerSocketChannel socket = ServerSocketChannel.open();
            try {
                socket.bind(new InetSocketAddress(spec.host(), spec.port()), BACKLOG);
                int port = ((InetSocketAddress) socket.getLocalAddress()).getPort();
                JettyListener listener = new JettyListener(spec, port, handler, http, client, limits);
                connector.open(listener, socket);
                return listener;
            } catch (IOException e) {
                socket.close();
                throw e;
            }
        } catch (IOException e) {
            throw new PortUnavailableException(spec, e);
        }
    }

    @Override
    public void closeConnections(String owner) {
        UpstreamOrigin.close(client, owner);
    }

    @Override
    public void close() {
        LifeCycle.stop(client);
        LifeCycle.stop(server);
    }

    private static HttpConfiguration configuration(TransportLimits limits) {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setSendDateHeader(false);
        configuration.setSendXPoweredBy(false);
        configuration.setRequestHeaderSize(limits.headerBytes());
        configuration.setResponseHeaderSize(8 * 1024);
        configuration.setMaxResponseHeaderSize(limits.headerBytes() + 4096);
        // Targets are passed on byte for byte; it is the application that gives them a meaning.
        configuration.setUriCompliance(UriCompliance.UNSAFE);
        configuration.setHttpCompliance(Compliance.PROXY);
        return configuration;
    }

    private static HttpClient newClient(TransportLimits limits) {
        ClientConnector connector = new ClientConnector();
        connector.setSelectors(SELECTORS);
        HttpClientTransportOverHTTP transport = new HttpClientTransportOverHTTP(connector);
        transport.setInvocationType(InvocationType.NON_BLOCKING);
        HttpClient client = new HttpClient(transport);
        client.setConnectTimeout(limits.connect().toMillis());
        client.setIdleTimeout(limits.pooled().toMillis());
        client.setMaxConnectionsPerDestination(limits.connectionsPerTarget());
        client.setMaxRequestsQueuedPerDestination(limits.connectionsPerTarget());
        client.setDestinationIdleTimeout(limits.pooled().toMillis());
        client.setMaxRequestHeadersSize(limits.headerBytes() + 4096);
        client.setMaxResponseHeadersSize(limits.headerBytes());
        client.setFollowRedirects(false);
        client.setUserAgentField(null);
        client.setDefaultRequestContentType(null);
        client.setHttpCookieStore(new HttpCookieStore.Empty());
        return client;
    }

    /** Leaves answers as they are: no decoding, no redirects, no authentication; 1xx answers end here. */
    private void passThrough() {
        client.getContentDecoderFactories().clear();
        client.getProtocolHandlers().clear();
        client.getProtocolHandlers().put(new ContinueProtocolHandler());
        client.getProtocolHandlers().put(new ProcessingProtocolHandler());
        client.getProtocolHandlers().put(new EarlyHintsProtocolHandler());
    }
}
