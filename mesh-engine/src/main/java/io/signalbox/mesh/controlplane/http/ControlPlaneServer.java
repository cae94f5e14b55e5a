package io.signalbox.mesh.controlplane.http;

import io.signalbox.mesh.controlplane.ControlPlane;
import io.signalbox.mesh.controlplane.Doorkeeper;
import io.signalbox.mesh.model.InvalidValueException;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves a control plane, on loopback or in TLS, to whoever proves who he is. Safe from any thread. */
public final class ControlPlaneServer implements AutoCloseable {

    /** Where a control plane listens unless told otherwise. */
    public static final int DEFAULT_PORT = 9090;

    private static final Logger log = LoggerFactory.getLogger(ControlPlaneServer.class);

    private static final Duration IDLE = Duration.ofSeconds(60);
    private static final int MOST_THREADS = 16;
    private static final int FEWEST_THREADS = 2;

    private final AtomicBoolean serving = new AtomicBoolean(true);
    private final ExecutorService virtual = Executors.newVirtualThreadPerTaskExecutor();
    private final Listening listening;
    private final Server server;
    private final ServerConnector connector;
    private volatile int port;

    private ControlPlaneServer(Listening listening) {
        this.listening = listening;
        QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, FEWEST_THREADS);
        threads.setName("control-plane");
        threads.setDaemon(true);
        threads.setVirtualThreadsExecutor(virtual);
        server = new Server(threads);
        connector = new ServerConnector(server, 1, 1, Connectors.factories(listening));
        connector.addBean(Connectors.failures());
        connector.setHost(listening.host());
        connector.setPort(listening.port());
        connector.setIdleTimeout(IDLE.toMillis());
        server.addConnector(connector);
        server.setErrorHandler(new ProblemPage());
    }

    /**
     * Opens the port on loopback and serves in plain text.
     *
     * @param port 0 for any free one
     * @throws InvalidValueException when the port is taken
     */
    public static ControlPlaneServer start(
            ControlPlane controlPlane, Doorkeeper door, int port, MetricsSource metrics) {
        return start(controlPlane, door, Listening.onLoopback(port), metrics);
    }

    /**
     * Opens the port and serves.
     *
     * @throws InvalidValueException when the port is taken, or is not this machine's
     */
    public static ControlPlaneServer start(
            ControlPlane controlPlane, Doorkeeper door, Listening listening, MetricsSource metrics) {
        ControlPlaneServer started = new ControlPlaneServer(listening);
        started.open(controlPlane, door, metrics);
        return started;
    }

    /** The port that was opened, also after closing. */
    public int port() {
        return port;
    }

    public URI uri() {
        return listening.uri(port());
    }

    /** Ends streams and stops serving. */
    @Override
    public void close() {
        serving.set(false);
        try {
            server.stop();
        } catch (Exception e) {
            log.warn("The control plane's server did not stop cleanly", e);
        }
        virtual.shutdownNow();
    }

    private void open(ControlPlane controlPlane, Doorkeeper door, MetricsSource metrics) {
        try {
            connector.open();
            port = connector.getLocalPort();
            server.setHandler(new WaitingRoom(
                    new RequestHandler(
                            new Routes(new Surroundings(controlPlane, door, metrics, serving::get)),
                            new Guard(door, listening, port())),
                    virtual,
                    WaitingRoom.MOST_RUNNING,
                    WaitingRoom.MOST_WAITING));
            server.start();
        } catch (IOException e) {
            close();
            throw refused(e);
        } catch (Exception e) {
            close();
            throw new IllegalStateException("The control plane's server did not start", e);
        }
    }

    private RuntimeException refused(IOException e) {
        boolean taken = e instanceof BindException || e.getCause() instanceof BindException;
        return new InvalidValueException(
                "control-port",
                connector.getPort(),
                taken ? "a free port; another program listens there" : "a port that can be opened");
    }
}
