package io.signalbox.mesh.proxy.transport.jetty;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.jspecify.annotations.Nullable;

/**
 * One connector for every listening port of the process: the same few selectors accept for, and read from, all of them.
 *
 * <p>A listener costs a socket and no thread. Accepted connections belong to the listener whose port they came in by.
 */
final class MeshConnector extends AbstractConnector {

    private final Acceptors acceptors;
    private final Map<SocketAddress, JettyListener> listeners = new ConcurrentHashMap<>();
    private final Map<EndPoint, JettyListener> connections = new ConcurrentHashMap<>();

    MeshConnector(Server server, HttpConnectionFactory http, int selectors) {
        super(server, null, null, null, 0, http);
        acceptors = new Acceptors(selectors);
        addBean(acceptors, true);
    }

    void open(JettyListener listener, ServerSocketChannel socket) throws IOException {
        socket.configureBlocking(false);
        SocketAddress address = socket.getLocalAddress();
        listeners.put(address, listener);
        Closeable accepting = acceptors.acceptor(socket);
        listener.opened(() -> {
            listeners.remove(address);
            accepting.close();
            socket.close();
        });
    }

    @Override
    protected void accept(int acceptorId) {
        throw new UnsupportedOperationException("accepting is done on the selectors");
    }

    @Override
    public Object getTransport() {
        return acceptors;
    }

    private final class Acceptors extends SelectorManager {

        Acceptors(int selectors) {
            super(MeshConnector.this.getExecutor(), MeshConnector.this.getScheduler(), selectors);
        }

        @Override
        protected void accepted(SelectableChannel channel) throws IOException {
            SocketChannel socket = (SocketChannel) channel;
            JettyListener listener = listenerOf(socket.getLocalAddress());
            if (listener == null) {
                socket.close();
                return;
            }
            socket.configureBlocking(false);
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            accept(socket, listener);
        }

        @Override
        protected EndPoint newEndPoint(SelectableChannel channel, ManagedSelector selector, SelectionKey key) {
            SocketChannelEndPoint endPoint =
                    new SocketChannelEndPoint((SocketChannel) channel, selector, key, getScheduler());
            endPoint.setIdleTimeout(getIdleTimeout());
            return endPoint;
        }

        @Override
        public Connection newConnection(SelectableChannel channel, EndPoint endPoint, Object listener)
                throws IOException {
            JettyListener owner = (JettyListener) listener;
            connections.put(endPoint, owner);
            owner.connected(endPoint);
            return owner.newConnection(MeshConnector.this, endPoint);
        }

        @Override
        protected void endPointOpened(EndPoint endPoint) {
            super.endPointOpened(endPoint);
            onEndPointOpened(endPoint);
        }

        @Override
        protected void endPointClosed(EndPoint endPoint) {
            onEndPointClosed(endPoint);
            super.endPointClosed(endPoint);
            JettyListener owner = connections.remove(endPoint);
            if (owner != null) {
                owner.disconnected(endPoint);
            }
        }

        private @Nullable JettyListener listenerOf(SocketAddress local) {
            JettyListener exact = listeners.get(local);
            if (exact != null) {
                return exact;
            }
            return listeners.get(new InetSocketAddress(((InetSocketAddress) local).getPort()));
        }
    }
}
