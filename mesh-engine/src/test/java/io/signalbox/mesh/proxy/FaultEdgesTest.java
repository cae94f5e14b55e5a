package io.signalbox.mesh.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.mesh.config.PolicyFormat;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults of a policy where they meet bodies, trailers, heads alone and callers that leave. */
class FaultEdgesTest extends MeshCase {

    private static final String CHUNKED =
            "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\nTrailer: x-sum\n\n5\nhello\n0\nx-sum: 7\n\n";

    @ParameterizedTest
    @ValueSource(strings = {"client", "server"})
    void aChunkedAnswerThatEndsWithTheLastByteBeforeAResetPassesWhole(String side) throws IOException {
        serve(RawApp.talking(connection -> {
            connection.request();
            connection.send(CHUNKED);
        }));
        policy("faults: [ { side: " + side + ", reset: { afterBytes: 5 } } ]");

        assertThat(get("/").body()).isEqualTo("hello");
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "server"})
    void aDripKeepsTrailers(String side) throws IOException {
        serve(RawApp.talking(connection -> {
            connection.request();
            connection.send(CHUNKED);
        }));
        policy("faults: [ { side: " + side + ", drip: { chunk: 2, every: 5ms } } ]");

        RawHttp.Answer answer = call("GET / HTTP/1.1\nHost: catalog\nTE: trailers\n\n");

        assertThat(answer.body()).isEqualTo("hello");
        assertThat(answer.trailers()).containsExactly("x-sum: 7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "server"})
    void whatHasNoBodyIsNeitherCutNorSlowed(String side) throws IOException {
        serve(TestApp.saying(200, ""));
        policy("faults: [ { side: " + side
                + ", reset: { afterBytes: 0 }, drip: { chunk: 1, every: 1m }, bandwidth: { bytesPerSecond: 1 } } ]");

        assertThat(call("HEAD / HTTP/1.1\nHost: catalog\n\n").status()).isEqualTo(200);
        assertThat(get("/").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "server"})
    void anAbortedHeadHasNoBodyAndTheConnectionServesOn(String side) throws IOException {
        TestApp app = serve(TestApp.saying(200, "fine"));
        policy("faults: [ { side: " + side + ", match: { pathPrefix: /bad }, abort: { body: no such luck } } ]");

        try (RawHttp http = new RawHttp(shop.outboundPort())) {
            RawHttp.Answer head =
                    http.send("HEAD /bad HTTP/1.1\nHost: catalog\n\n").answerTo("HEAD");
            assertThat(head.status()).isEqualTo(503);
            assertThat(head.head().field("Content-Length")).isEqualTo("12");
            assertThat(http.send("GET /good HTTP/1.1\nHost: catalog\n\n")
                            .answer()
                            .body())
                    .isEqualTo("fine");
        }
        assertThat(app.asked()).hasSize(1);
    }

    @Test
    void aCallersAbortAsksForNoBodyThatIsToBeWaitedFor() throws IOException {
        serve(TestApp.saying(200, "fine"));
        policy("faults: [ { side: client, abort: {} } ]");

        try (RawHttp http = new RawHttp(shop.outboundPort())) {
            http.send("POST / HTTP/1.1\nHost: catalog\nContent-Length: 5\nExpect: 100-continue\n\n");
            assertThat(http.head().status()).isEqualTo(503);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "server"})
    void afterAResetTheNextRequestHasASoundConnection(String side) throws IOException {
        serve(TestApp.saying(200, "b".repeat(200_000)));
        policy("faults: [ { side: " + side + ", match: { path: /cut }, reset: { afterBytes: 1000 } } ]");

        for (int i = 0; i < 10; i++) {
            try (RawHttp http = new RawHttp(shop.outboundPort())) {
                http.send("GET /cut HTTP/1.1\nHost: catalog\n\n");
                assertThat(http.head().status()).isEqualTo(200);
            }
            assertThat(get("/whole").body()).hasSize(200_000);
        }
    }

    @Test
    void aCallerThatLeavesAmidItsBodyEndsTheServersDelay() throws IOException {
        serve(TestApp.saying(200, "fine"));
        policy("timeout: 60s\nfaults: [ { delay: 30s } ]");

        try (RawHttp http = new RawHttp(shop.outboundPort())) {
            http.send("POST / HTTP/1.1\nHost: catalog\nContent-Length: 100000\n\nhello");
            await().until(() -> shop.circuits().stream().anyMatch(view -> view.inFlight() > 0));
        }

        await().atMost(Duration.ofSeconds(5))
                .until(() -> shop.circuits().stream().noneMatch(view -> view.inFlight() > 0));
    }

    private void policy(String fields) {
        mesh.policy(PolicyFormat.read(
                "apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: catalog\n" + fields + "\n"));
    }
}
