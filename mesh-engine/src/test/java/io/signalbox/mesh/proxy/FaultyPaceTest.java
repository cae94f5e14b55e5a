package io.signalbox.mesh.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.config.PolicyFormat;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that faults of a policy slow down. */
class FaultyPaceTest extends MeshCase {

    @ParameterizedTest
    @ValueSource(strings = {"client", "server"})
    void aDripKeepsEveryByteAndTakesItsTime(String side) throws IOException {
        String body = "0123456789".repeat(500);
        serve(TestApp.saying(200, body));
        policy("faults: [ { side: " + side + ", drip: { chunk: 1000, every: 50ms } } ]");
        long before = System.nanoTime();

        assertThat(get("/").body()).isEqualTo(body);

        assertThat(Duration.ofNanos(System.nanoTime() - before))
                .as("four pauses between five chunks")
                .isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }

    @Test
    void bandwidthSlowsTheApplicationAndKeepsNoMoreThanTheUsualBuffers() throws IOException {
        byte[] body = new byte[8_000_000];
        List<Integer> written = new ArrayList<>();
        serve(TestApp.answering(exchange -> {
            exchange.sendResponseHeaders(200, body.length);
            for (int sent = 0; sent < body.length; sent += 80_000) {
                exchange.getResponseBody().write(body, sent, 80_000);
                synchronized (written) {
                    written.add(sent + 80_000);
                }
            }
        }));
        policy("faults: [ { bandwidth: { bytesPerSecond: 200000 } } ]");

        try (RawHttp http = new RawHttp(shop.outboundPort())) {
            http.send("GET / HTTP/1.1\nHost: catalog\n\n");
            assertThat(http.head().status()).isEqualTo(200);
            long before = System.nanoTime();
            http.exactly(100_000);
            assertThat(Duration.ofNanos(System.nanoTime() - before))
                    .as("a half of a second's worth, less what may pass at once")
                    .isGreaterThan(Duration.ofMillis(400));
        }
        synchronized (written) {
            assertThat(written.getLast())
                    .as("the application is held back once the sockets' buffers are full")
                    .isLessThan(body.length);
        }
    }

    private void policy(String fields) {
        mesh.policy(PolicyFormat.read(
                "apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: catalog\n" + fields + "\n"));
    }
}
