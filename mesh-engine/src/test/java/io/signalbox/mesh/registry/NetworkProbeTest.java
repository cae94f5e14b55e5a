package io.signalbox.mesh.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.signalbox.mesh.model.Health;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.ServiceInstance;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NetworkProbeTest {

    private final NetworkProbe probe = new NetworkProbe(Duration.ofSeconds(5));
    private HttpServer server;

    @BeforeEach
    void setUp() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/ok", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.createContext("/sick", exchange -> {
            exchange.sendResponseHeaders(503, 3);
            exchange.getResponseBody().write(new byte[3]);
            exchange.close();
        });
        server.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().set("Location", "/ok");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void tearDown() {
        probe.close();
        server.stop(0);
    }

    @Test
    void aHealthUrlMustAnswer2xx() throws Exception {
        assertThat(probed(1, Map.of("health_url", url("/ok")))).isEqualTo(new ProbeResult.Passed());
        assertThat(probed(1, Map.of("health_url", url("/sick")))).isEqualTo(new ProbeResult.Failed("HTTP 503"));
        assertThat(probed(1, Map.of("health_url", url("/moved")))).isEqualTo(new ProbeResult.Failed("HTTP 302"));
    }

    @Test
    void aHealthPathIsAskedForAtTheInstancesOwnAddress() throws Exception {
        assertThat(probed(port(), Map.of("health_path", "/ok"))).isEqualTo(new ProbeResult.Passed());
        assertThat(probed(port(), Map.of("health_path", "/sick"))).isEqualTo(new ProbeResult.Failed("HTTP 503"));
    }

    @Test
    void aPortThatSpeaksMutualTlsIsOnlyConnectedTo() throws Exception {
        Map<String, String> secured = Map.of("health_path", "/sick", "spiffe_id", "spiffe://mesh/service/cart");

        assertThat(probed(port(), secured)).isEqualTo(new ProbeResult.Passed());
    }

    @Test
    void aPortThatSpeaksTcpIsOnlyConnectedTo() throws Exception {
        ServiceInstance stock = new ServiceInstance(
                "stock",
                "stock-1",
                "127.0.0.1",
                port(),
                Protocol.TCP,
                Map.of("health_path", "/sick"),
                Health.UNKNOWN,
                Instant.EPOCH,
                Instant.EPOCH);

        assertThat(probe.probe(stock).toCompletableFuture().get(10, TimeUnit.SECONDS))
                .isEqualTo(new ProbeResult.Passed());
    }

    @Test
    void withoutAnythingToAskAnOpenPortIsEnough() throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }

        assertThat(probed(port(), Map.of())).isEqualTo(new ProbeResult.Passed());
        assertThat(probed(closed, Map.of())).isInstanceOf(ProbeResult.Failed.class);
    }

    @Test
    void aUrlThatIsNoneFailsWithTheReason() throws Exception {
        assertThat(probed(1, Map.of("health_url", "not a url")))
                .isEqualTo(new ProbeResult.Failed("metadata.health_url: not a url (expected: http://HOST/PATH)"));
        assertThat(probed(1, Map.of("health_url", "file:///etc/passwd"))).isInstanceOf(ProbeResult.Failed.class);
    }

    private ProbeResult probed(int port, Map<String, String> metadata) throws Exception {
        return probe.probe(Instances.of("cart", "cart-1", port, Health.UNKNOWN, metadata))
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    private int port() {
        return server.getAddress().getPort();
    }

    private String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }
}
