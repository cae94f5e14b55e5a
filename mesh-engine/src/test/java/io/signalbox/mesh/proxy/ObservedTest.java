package io.signalbox.mesh.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import io.signalbox.mesh.metrics.Channel;
import io.signalbox.mesh.metrics.EdgeInterval;
import io.signalbox.mesh.model.AnsweredBy;
import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.trace.Span;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a call leaves behind: its trace, its counts, and the admin listener's answers. */
class ObservedTest extends MeshCase {

    @Test
    void everyHopStartsANewTraceInTheReferenceAndCarriesTheCallersOnHere() throws Exception {
        TestApp reviews = mesh.closing(TestApp.saying(200, "five stars"));
        mesh.serve("reviews", "v1", "reviews-1", reviews.port());
        AtomicInteger outbound = new AtomicInteger();
        TestApp catalog = mesh.closing(TestApp.answering(exchange -> {
            try (RawHttp http = new RawHttp(outbound.get())) {
                http.send("GET /reviews HTTP/1.1\nHost: reviews\n" + received(exchange) + "\n");
                TestApp.say(exchange, 200, http.answer().body());
            }
        }));
        outbound.set(mesh.serve("catalog", "v1", "catalog-1", catalog.port()).outboundPort());
        String trace = "0af7651916cd43dd8448eb211c80319c";

        RawHttp.Answer answer = call("GET / HTTP/1.1\nHost: catalog\nX-Request-ID: req-7\ntraceparent: 00-" + trace
                + "-b7ad6b7169203331-01\n\n");

        assertThat(answer.body()).isEqualTo("five stars");
        for (TestApp app : List.of(catalog, reviews)) {
            var headers = app.asked().getFirst().headers();
            assertThat(headers.getFirst("X-B3-TraceId")).isEqualTo(trace);
            assertThat(headers.getFirst("traceparent")).startsWith("00-" + trace + "-");
            assertThat(headers.getFirst("X-Request-ID")).isEqualTo("req-7");
        }
        await().untilAsserted(() -> assertThat(mesh.shared.spans().trace(trace)).hasSize(4));
        assertChain(mesh.shared.spans().trace(trace), "b7ad6b7169203331");
    }

    /** Each span but the first has one of the others for its parent, so that they form one line. */
    private static void assertChain(List<Span> spans, String root) {
        var byParent = spans.stream().collect(Collectors.toMap(span -> String.valueOf(span.parentId()), span -> span));
        List<String> services = new ArrayList<>();
        Span span = byParent.get(root);
        while (span != null) {
            services.add(span.service() + " " + span.kind().wireName() + " " + span.peer());
            span = byParent.get(span.spanId());
        }
        assertThat(services)
                .containsExactly(
                        "shop client catalog",
                        "catalog server shop",
                        "catalog client reviews",
                        "reviews server catalog");
    }

    private static String received(HttpExchange exchange) {
        return exchange.getRequestHeaders().entrySet().stream()
                .filter(field ->
                        field.getKey().toLowerCase(java.util.Locale.ROOT).matches("x-b3-.*|traceparent|x-request-id"))
                .map(field -> field.getKey() + ": " + field.getValue().getFirst() + "\n")
                .collect(Collectors.joining());
    }

    @Test
    void aCallWithoutATraceBeginsOne() throws IOException {
        TestApp app = serve(TestApp.saying(200, "ok"));

        get("/");

        var headers = app.asked().getFirst().headers();
        assertThat(headers.getFirst("X-B3-TraceId")).matches("[0-9a-f]{32}");
        assertThat(headers.getFirst("X-Request-ID")).isNotBlank();
    }

    @Test
    void eachCallIsCountedOnceWhereItWentAndAsItEnded() throws IOException {
        serve(TestApp.saying(200, "ok"));
        mesh.plain(
                "bank",
                "v2",
                "bank-1",
                mesh.closing(TestApp.saying(429, "later")).port());
        mesh.serve("stock", "v1", "stock-1", closedPort());

        get("/");
        get("/");
        call("GET / HTTP/1.1\nHost: bank\n\n");
        call("GET / HTTP/1.1\nHost: stock\n\n");
        call("GET / HTTP/1.1\nHost: nobody\n\n");

        List<String> counted = drained(5);
        assertThat(counted)
                .containsExactlyInAnyOrder(
                        "catalog v1 MTLS 200 UPSTREAM null x2",
                        "bank v2 PLAIN 429 UPSTREAM null x1",
                        "stock v1 MTLS 503 MESH APP_UNREACHABLE x1",
                        "unknown  PLAIN 404 MESH UNKNOWN_SERVICE x1");
    }

    @Test
    void aBrokenBodyAndACallerThatLeftAreCountedAsSuch() throws Exception {
        serve(RawApp.talking(connection -> {
            String request = connection.request();
            connection.send("HTTP/1.1 200 OK\nContent-Length: 100000000\n\nbeginning");
            if (request.contains("/broken")) {
                connection.reset();
            }
            byte[] more = new byte[64 * 1024];
            while (true) {
                connection.http().out.write(more);
            }
        }));

        assertThatThrownBy(() -> get("/broken")).isInstanceOf(IOException.class);
        RawHttp leaving = new RawHttp(shop.outboundPort());
        leaving.send("GET /left HTTP/1.1\nHost: catalog\n\n").head();
        leaving.socket.setSoLinger(true, 0);
        leaving.close();

        assertThat(drained(2))
                .containsExactlyInAnyOrder(
                        "catalog v1 MTLS 200 UPSTREAM UPSTREAM_RESET x1", "catalog v1 MTLS 499 MESH CALLER_GONE x1");
        assertThat(shop.circuits().getFirst().breaker().consecutiveFailures()).isEqualTo(1);
        await().untilAsserted(
                        () -> assertThat(shop.circuits().getFirst().inFlight()).isZero());
    }

    @Test
    void theAdminListenerTellsHealthReadinessMetricsAndConfiguration() throws Exception {
        TestApp app = TestApp.saying(200, "ok");
        Sidecar catalog = mesh.serve("catalog", "v1", "catalog-1", app.port());
        get("/");

        assertThat(admin(catalog, "/health").body()).isEqualTo("{\"status\":\"healthy\",\"service\":\"catalog\"}");
        assertThat(admin(catalog, "/ready").status()).isEqualTo(200);
        await().untilAsserted(() -> assertThat(admin(shop, "/metrics").body())
                .contains("signalbox_requests_total{", "destination=\"catalog\"", "code=\"200\""));
        RawHttp.Answer open = admin(shop, "/metrics HTTP/1.1\nAccept: application/openmetrics-text;version=1.0.0");
        assertThat(open.head().field("Content-Type")).startsWith("application/openmetrics-text");
        assertThat(open.body()).endsWith("# EOF\n");
        assertThat(admin(shop, "/config").body()).startsWith("{\"revision\":").contains("\"catalog\"", "spiffe://");
        assertThat(admin(shop, "/items").status()).isEqualTo(404);

        app.close();
        assertThat(admin(catalog, "/ready").status()).isEqualTo(503);
    }

    @Test
    void aSidecarWithoutConfigurationIsHealthyButNotReady() throws IOException {
        Sidecar fresh = Sidecar.start(SidecarSpec.client("fresh", "fresh-0", null), mesh.shared);
        try {
            assertThat(admin(fresh, "/health").status()).isEqualTo(200);
            assertThat(admin(fresh, "/ready").status()).isEqualTo(503);
        } finally {
            fresh.close();
        }
    }

    private static RawHttp.Answer admin(Sidecar sidecar, String path) throws IOException {
        try (RawHttp http = new RawHttp(sidecar.adminPort())) {
            String line = path.contains(" HTTP/1.1") ? "GET " + path : "GET " + path + " HTTP/1.1";
            return http.send(line + "\nHost: localhost\n\n").answer();
        }
    }

    private List<String> drained(long calls) {
        List<EdgeInterval> intervals = new CopyOnWriteArrayList<>();
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            intervals.addAll(shop.drainTelemetry());
            assertThat(intervals.stream().mapToLong(EdgeInterval::requests).sum())
                    .isEqualTo(calls);
        });
        List<String> lines = new ArrayList<>();
        for (EdgeInterval edge : intervals) {
            Channel channel = edge.key().channel();
            edge.outcomes().forEach((outcome, count) -> {
                AnsweredBy by = outcome.by();
                Cause cause = outcome.cause();
                lines.add("%s %s %s %d %s %s x%d"
                        .formatted(
                                edge.key().destination(),
                                edge.key().version(),
                                channel,
                                outcome.code(),
                                by,
                                cause,
                                count));
            });
        }
        return lines;
    }
}
