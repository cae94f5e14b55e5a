package io.signalbox.mesh.proxy;

import io.signalbox.mesh.metrics.ScrapeFormat;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.proxy.transport.TransportLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** A test with a mesh of its own, in which the service {@code shop} calls the service {@code stock} over TCP. */
@Timeout(60)
abstract class TcpCase {

    protected static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int READ_MILLIS = 20_000;

    protected TestMesh mesh;
    protected Sidecar shop;

    @BeforeEach
    void startMesh() {
        mesh = new TestMesh(limits());
        shop = mesh.tcpCaller("stock");
    }

    @AfterEach
    void stopMesh() throws Exception {
        mesh.close();
    }

    protected TransportLimits limits() {
        return TransportLimits.DEFAULT;
    }

    /** An application behind a sidecar of its own. */
    protected RawApp serve(RawApp.Conversation conversation) throws IOException {
        RawApp app = mesh.closing(RawApp.talking(conversation));
        mesh.serveTcp("stock", "v1", "stock-" + app.port(), app.port());
        return app;
    }

    protected RawApp serveEcho() throws IOException {
        return serve(TcpCase::echo);
    }

    /** An endpoint without a sidecar. */
    protected Endpoint expose(int port) {
        Endpoint endpoint = new Endpoint("stock", "stock-" + port, "v1", "127.0.0.1", port, Protocol.TCP, null);
        mesh.register(endpoint);
        return endpoint;
    }

    protected Socket connect() throws IOException {
        return connect(stockPort(shop));
    }

    /** Where that sidecar's application reaches stock. */
    protected static int stockPort(Sidecar sidecar) {
        return Objects.requireNonNull(sidecar.tcpPorts().get("stock"));
    }

    protected static Socket connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(READ_MILLIS);
        return socket;
    }

    /** Sends back what comes, and ends when the caller has ended. */
    protected static void echo(RawApp.RawConnection connection) throws IOException {
        connection.socket().getInputStream().transferTo(connection.socket().getOutputStream());
    }

    protected static String ask(Socket socket, String word) throws IOException {
        say(socket, word);
        return hear(socket, word.length());
    }

    protected static void say(Socket socket, String word) throws IOException {
        socket.getOutputStream().write(word.getBytes(StandardCharsets.UTF_8));
    }

    protected static String hear(Socket socket, int length) throws IOException {
        return new String(socket.getInputStream().readNBytes(length), StandardCharsets.UTF_8);
    }

    protected static String hearAll(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Whether the stream ends in a reset and not in a proper end. */
    protected static boolean isReset(Socket socket) throws IOException {
        try {
            socket.getInputStream().readAllBytes();
            return false;
        } catch (SocketException e) {
            return true;
        }
    }

    protected static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** The value of the caller's series that begins like this; 0 where there is none. */
    protected double metric(String family, String labels) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            shop.metrics().scrape(out, ScrapeFormat.PROMETHEUS);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith(family + "{") && line.contains(labels))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    protected double closed(String cause) {
        return metric("signalbox_tcp_connections_closed_total", "cause=\"" + cause + "\"");
    }

    protected static int closedPort() throws IOException {
        return MeshCase.closedPort();
    }
}
