package io.signalbox.mesh.proxy.transport;

/** Listens and connects, for every sidecar of this process. Safe to use from any thread. */
public interface ProxyTransport extends AutoCloseable {

    /**
     * Opens a port.
     *
     * @throws PortUnavailableException when it cannot be bound
     */
    Listener listen(ListenerSpec spec, RequestHandler handler);

    /**
     * Opens a port for streams of bytes: what its connections say is passed on unread.
     *
     * <p>Its upstream connections belong to the callers' and end with them.
     *
     * @throws PortUnavailableException when it cannot be bound
     */
    Listener listenStreams(ListenerSpec spec, StreamHandler handler);

    /** Closes every idle and busy upstream connection of that owner. */
    void closeConnections(String owner);

    @Override
    void close();
}
