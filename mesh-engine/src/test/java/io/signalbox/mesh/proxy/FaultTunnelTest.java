package io.signalbox.mesh.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.proxy.RawApp.RawConnection;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults of what leaves HTTP: an upgraded connection, and a tunnel. */
class FaultTunnelTest extends MeshCase {

    private static final String ASKING =
            "GET /live HTTP/1.1\nHost: catalog\nConnection: keep-alive, Upgrade\nUpgrade: echo\n\n";

    @ParameterizedTest
    @ValueSource(strings = {"client", "server"})
    void aRequestToSwitchProtocolsIsAborted(String side) throws IOException {
        RawApp app = serve(RawApp.talking(this::echoing));
        policy("faults: [ { side: " + side + ", abort: { status: 503 } } ]");

        RawHttp.Answer answer = call(ASKING);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.cause()).isEqualTo("fault-injected");
        assertThat(app.port()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "server"})
    void whatHasSwitchedIsHeldBackOnceAndNeitherSlowedNorCut(String side) throws IOException {
        serve(RawApp.talking(this::echoing));
        policy("faults: [ { side: " + side + ", delay: 100ms, drip: { chunk: 1, every: 1m },"
                + " bandwidth: { bytesPerSecond: 1 }, reset: { afterBytes: 0 } } ]");
        long before = System.nanoTime();

        try (RawHttp http = new RawHttp(shop.outboundPort())) {
            http.send(ASKING);
            assertThat(http.line()).startsWith("HTTP/1.1 101");
            http.fields();
            assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(100_000_000);
            assertThat(http.line()).isEqualTo("hello");
            http.send("one\n");
            assertThat(http.line()).isEqualTo("echo one");
        }
    }

    @Test
    void aTunnelIsNotBefallenAtTheCallersSide() throws IOException {
        serve(RawApp.talking(connection -> {
            connection.request();
            connection.send("HTTP/1.1 200 OK\nContent-Length: 2\n\nhi");
        }));
        policy("faults: [ { side: client, delay: 1m, abort: {} } ]");

        assertThat(throughTunnel().body()).isEqualTo("hi");
    }

    @Test
    void aRequestInATunnelIsBefallenAtTheServicesSide() throws IOException {
        serve(TestApp.saying(200, "hi"));
        policy("faults: [ { abort: { status: 503 } } ]");

        assertThat(throughTunnel().status()).isEqualTo(503);
    }

    private RawHttp.Answer throughTunnel() throws IOException {
        try (RawHttp http = new RawHttp(shop.outboundPort())) {
            http.send("CONNECT catalog:80 HTTP/1.1\nHost: catalog:80\n\n");
            assertThat(http.line()).startsWith("HTTP/1.1 200");
            http.fields();
            return http.send("GET / HTTP/1.1\nHost: catalog\n\n").answer();
        }
    }

    private void echoing(RawConnection connection) throws IOException {
        connection.request();
        connection.send("HTTP/1.1 101 Switching Protocols\nConnection: Upgrade\nUpgrade: echo\n\nhello\n");
        for (String line = connection.http().line();
                !line.isEmpty();
                line = connection.http().line()) {
            connection.send("echo " + line + "\n");
        }
    }

    private void policy(String fields) {
        mesh.policy(PolicyFormat.read(
                "apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: catalog\n" + fields + "\n"));
    }
}
