package io.signalbox.mesh.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.metrics.ScrapeFormat;
import io.signalbox.mesh.mirror.FieldDifference;
import io.signalbox.mesh.mirror.MirrorStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Copies of requests on real sockets, to another version or another service. */
class MirrorTest extends MeshCase {

    private static final String TO_V2 = "rules: [ { to: v1 } ]\nmirror: { version: v2";

    @Test
    void aCopyGoesToTheOtherVersionAndItsAnswerToNobody() throws IOException {
        TestApp primary = serve(TestApp.saying(200, "primary"));
        TestApp shadow = serve("v2", TestApp.saying(200, "shadow"));
        policy(TO_V2 + " }");

        RawHttp.Answer answer = call("GET /items?page=2 HTTP/1.1\nHost: catalog\nX-User: mira\nX-Request-ID: abc\n\n");

        assertThat(answer.body()).isEqualTo("primary");
        awaitCounted("same-status", 1);
        assertThat(primary.asked()).hasSize(1);
        assertThat(primary.asked().getFirst().headers().containsKey("x-signalbox-mirror"))
                .isFalse();
        assertThat(shadow.asked()).hasSize(1);
        TestApp.Asked copy = shadow.asked().getFirst();
        assertThat(copy.method()).isEqualTo("GET");
        assertThat(copy.target()).isEqualTo("/items?page=2");
        assertThat(copy.headers().getFirst("x-signalbox-mirror")).isEqualTo("catalog");
        assertThat(copy.headers().getFirst("x-signalbox-source")).isEqualTo("shop");
        assertThat(copy.headers().getFirst("X-User")).isEqualTo("mira");
        assertThat(copy.headers().getFirst("X-Request-ID")).isEqualTo("abc");
    }

    @Test
    void aCopyGoesToAnotherService() throws IOException {
        serve(TestApp.saying(200, "primary"));
        TestApp shadow = mesh.closing(TestApp.saying(404, "none of that here"));
        mesh.plain("catalog-next", "v1", "next-1", shadow.port());
        policy("mirror: { service: catalog-next }");

        assertThat(get("/").body()).isEqualTo("primary");

        awaitCounted("other-status", 1);
        assertThat(shadow.asked().getFirst().headers().getFirst("x-signalbox-mirror"))
                .as("an endpoint without a sidecar learns it as well")
                .isEqualTo("catalog");
    }

    @Test
    void whatChangesSomethingIsCopiedOnlyWhenItIsAskedFor() throws IOException {
        serve(TestApp.saying(201, "made"));
        List<String> bodies = new CopyOnWriteArrayList<>();
        serve("v2", TestApp.answering(exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            TestApp.say(exchange, 201, "made");
        }));
        policy(TO_V2 + " }");
        String body = "b".repeat(50_000);
        String post = "POST / HTTP/1.1\nHost: catalog\nContent-Length: 50000\n\n" + body;

        assertThat(call(post).status()).isEqualTo(201);
        policy(TO_V2 + ", methods: [POST] }");
        assertThat(call(post).status()).isEqualTo(201);

        awaitCounted("same-status", 1);
        assertThat(bodies).containsExactly(body);
    }

    @Test
    void aBodyThatIsTooLongToKeepIsNotCopied() throws IOException {
        serve(TestApp.saying(201, "made"));
        TestApp shadow = serve("v2", TestApp.saying(201, "made"));
        policy(TO_V2 + ", methods: [POST] }");

        assertThat(call("POST / HTTP/1.1\nHost: catalog\nContent-Length: 70000\n\n" + "b".repeat(70_000))
                        .status())
                .isEqualTo(201);

        awaitCounted("body-not-kept", 1);
        assertThat(shadow.asked()).isEmpty();
    }

    @Test
    void aMirrorThatHangsDelaysNobodyAndCannotPileUp() throws IOException {
        CountDownLatch never = new CountDownLatch(1);
        serve(TestApp.saying(200, "primary"));
        TestApp shadow = serve("v2", TestApp.answering(exchange -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        policy("timeout: 20s\n" + TO_V2 + ", maxInFlight: 2 }");

        for (int i = 0; i < 6; i++) {
            assertThat(get("/").body()).isEqualTo("primary");
        }

        awaitCounted("dropped", 4);
        await().until(() -> shadow.asked().size() == 2);
        assertThat(counted("failed")).isZero();
        never.countDown();
    }

    @Test
    void aMirrorThatFailsMovesNoCircuitAndIsNotTriedAgain() throws IOException {
        serve(TestApp.saying(200, "primary"));
        mesh.serve("catalog", "v2", "catalog-v2", closedPort());
        TestApp broken = serve("v2", TestApp.saying(500, "broken"));
        policy("retry: { maxAttempts: 3, retryOn: [5xx] }\ncircuitBreaker: { failureThreshold: 1 }\n" + TO_V2 + " }");

        for (int i = 0; i < 10; i++) {
            assertThat(get("/").body()).isEqualTo("primary");
        }

        awaitCounted("other-status", 10);
        assertThat(broken.asked()).hasSizeLessThanOrEqualTo(10);
        assertThat(shop.circuits())
                .hasSize(1)
                .allSatisfy(view -> assertThat(view.recentFailures()).isZero());
    }

    @Test
    void aCopyThatIsTooSlowIsGivenUp() throws IOException {
        CountDownLatch never = new CountDownLatch(1);
        serve(TestApp.saying(200, "primary"));
        serve("v2", RawApp.talking(connection -> never.await()));
        policy("timeout: 300ms\n" + TO_V2 + " }");

        assertThat(get("/").body()).isEqualTo("primary");

        awaitCounted("failed", 1);
        never.countDown();
    }

    @Test
    void anInjectedAbortIsNoAnswerToCompareWith() throws IOException {
        serve(TestApp.saying(200, "primary"));
        TestApp shadow = serve("v2", TestApp.saying(200, "shadow"));
        policy("faults: [ { abort: {} } ]\n" + TO_V2 + " }");

        assertThat(get("/").status()).isEqualTo(503);
        policy(TO_V2 + " }");
        assertThat(get("/").status()).isEqualTo(200);

        awaitCounted("same-status", 1);
        assertThat(shadow.asked()).hasSize(1);
    }

    @Test
    void answersAreComparedByFieldAndNoiseIsLearntFromASecondPrimary() throws IOException {
        AtomicInteger ids = new AtomicInteger();
        for (int i = 0; i < 2; i++) {
            serve(TestApp.answering(exchange -> say(exchange, ids.incrementAndGet(), 10)));
        }
        serve("v2", TestApp.answering(exchange -> say(exchange, ids.incrementAndGet(), 11)));
        policy(TO_V2 + ", diff: { noiseShare: 100 } }");

        for (int i = 0; i < 5; i++) {
            assertThat(get("/").body()).contains("\"price\":10");
        }

        await().untilAsserted(() -> {
            MirrorStatus now = mesh.shared.mirrors().status("catalog").orElseThrow();
            assertThat(now.compared()).isEqualTo(5);
            assertThat(now.noiseCompared()).isEqualTo(5);
        });
        MirrorStatus status = mesh.shared.mirrors().status("catalog").orElseThrow();
        assertThat(status.to()).isEqualTo("v2");
        assertThat(status.fields())
                .extracting(FieldDifference::field, FieldDifference::differing, FieldDifference::noise)
                .containsExactly(tuple("body /price", 5L, false), tuple("body /id", 5L, true));
        assertThat(status.fields().getFirst().primary()).isEqualTo("10");
        assertThat(status.fields().getFirst().mirror()).isEqualTo("11");
        assertThat(status.primaryNanos()).isPositive();
        assertThat(status.mirrorNanos()).isPositive();
    }

    private static void say(HttpExchange exchange, int id, int price) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        TestApp.say(exchange, 200, "{\"id\":" + id + ",\"price\":" + price + "}");
    }

    @Test
    void anAnswerThatBreaksOffIsNotCompared() throws IOException {
        serve(TestApp.saying(200, "b".repeat(50_000)));
        serve("v2", TestApp.saying(200, "b".repeat(50_000)));
        policy("faults: [ { reset: { afterBytes: 1000 } } ]\n" + TO_V2 + ", diff: {} }");

        try (RawHttp http = new RawHttp(shop.outboundPort())) {
            http.send("GET / HTTP/1.1\nHost: catalog\n\n");
            assertThat(http.head().status()).isEqualTo(200);
            awaitCounted("failed", 1);
        }

        assertThat(mesh.shared.mirrors().status("catalog").orElseThrow().compared())
                .isZero();
    }

    @Test
    void withoutAnEndpointThereIsNoCopy() throws IOException {
        serve(TestApp.saying(200, "primary"));
        policy("mirror: { service: nobody }");

        assertThat(get("/").status()).isEqualTo(200);

        awaitCounted("no-endpoint", 1);
    }

    @Test
    void theMarkIsNotBelievedOfACaller() throws IOException {
        TestApp app = serve(TestApp.saying(200, "fine"));

        assertThat(call("GET / HTTP/1.1\nHost: catalog\nx-signalbox-mirror: catalog\n\n")
                        .status())
                .isEqualTo(200);

        assertThat(app.asked().getFirst().headers().containsKey("x-signalbox-mirror"))
                .isFalse();
    }

    private void policy(String fields) {
        mesh.policy(PolicyFormat.read(
                "apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: catalog\n" + fields + "\n"));
    }

    private void awaitCounted(String result, int copies) {
        await().untilAsserted(() -> assertThat(counted(result)).isEqualTo(copies));
    }

    private double counted(String result) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        shop.metrics().scrape(text, ScrapeFormat.PROMETHEUS);
        return text.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("signalbox_mirrored_requests_total{")
                        && line.contains("result=\"" + result + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
