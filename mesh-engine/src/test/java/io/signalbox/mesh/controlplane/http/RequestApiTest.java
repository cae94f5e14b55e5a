package io.signalbox.mesh.controlplane.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.client.remote.RemoteMesh;
import io.signalbox.mesh.controlplane.Doorkeeper;
import io.signalbox.mesh.controlplane.TestMesh;
import io.signalbox.mesh.explain.DecisionRecord;
import io.signalbox.mesh.explain.Records;
import io.signalbox.mesh.explain.RequestFilter;
import io.signalbox.mesh.explain.RequestLine;
import io.signalbox.mesh.mirror.KeptAnswer;
import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.time.Ticker;
import io.signalbox.mesh.trace.Span;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class RequestApiTest {

    private final HttpMesh http = new HttpMesh();

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    void whatAMirrorToldIsShown() {
        KeptAnswer primary = new KeptAnswer(Ticker.system(), 0);
        primary.head(200);
        KeptAnswer mirror = new KeptAnswer(Ticker.system(), 0);
        mirror.head(404);
        http.mesh.mirrors.report("catalog", "v2").compare(primary, mirror, Set.of());

        assertThat(http.get("/api/v1/services/catalog/mirror").body())
                .contains(
                        "\"to\":\"v2\"",
                        "\"compared\":1",
                        "\"fields\":[{\"field\":\"status\",\"differing\":1,\"noisy\":0,\"noise\":false,"
                                + "\"primary\":\"200\",\"mirror\":\"404\"}]");
        assertThat(http.get("/api/v1/services/cart/mirror").statusCode()).isEqualTo(404);
        try (RemoteMesh remote = new RemoteMesh(http.server.uri(), http.token, new Random(2))) {
            assertThat(remote.requests().mirror("catalog"))
                    .isEqualTo(http.mesh.mirrors.status("catalog").orElseThrow());
        }
    }

    @Test
    void theNewestRequestsAreListedUnderAFilter() {
        http.mesh.decisions.add(Records.named("r-1", 200, null));
        http.mesh.decisions.add(Records.named("r-2", 503, Cause.BREAKER_OPEN));

        assertThat(http.get("/api/v1/requests").body()).contains("\"id\":\"r-1\"", "\"id\":\"r-2\"");
        assertThat(http.get("/api/v1/requests?status=5xx&cause=breaker-open&service=catalog&pathPrefix=/items"
                                + "&minDuration=1ms")
                        .body())
                .startsWith("[{\"id\":\"r-2\"")
                .contains("\"cause\":\"breaker-open\"", "\"kept\":\"failed\"", "\"answeredBy\":\"mesh\"")
                .doesNotContain("r-1");
        assertThat(http.get("/api/v1/requests?limit=1").body()).containsOnlyOnce("\"id\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        status=7xx       | status: 7xx (expected: a status such as 503, or a class such as 5xx)
        minDuration=long | minDuration: long (expected: a duration
        cause=bad-luck   | cause: bad-luck (expected: bad-request |
        pathPrefix=items | pathPrefix: items (expected: a path that begins with /)
        limit=x          | limit: x (expected: 0..
        """)
    void aWrongFilterIsRefused(String query, String message) {
        HttpResponse<String> answer = http.get("/api/v1/requests?" + query);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(message);
    }

    @Test
    void aRequestIsExplainedByItsIdAndAStrangerIsNot() {
        DecisionRecord record = Records.named("r-1", 503, Cause.BREAKER_OPEN);
        http.mesh.decisions.add(record);

        assertThat(http.get("/api/v1/requests/r-1/explain").body())
                .startsWith("[{\"request\":{\"id\":\"r-1\"")
                .contains("\"certainty\":\"replayed\"", "\"depth\":0");
        assertThat(http.get("/api/v1/requests/" + record.trace().traceIdHex() + "/explain")
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<String> stranger = http.get("/api/v1/requests/nobody/explain");
        assertThat(stranger.statusCode()).isEqualTo(404);
        assertThat(stranger.body()).contains("request: nobody (expected: one of r-1)");
    }

    @Test
    void aRequestThatNobodySendsIsDecided() {
        http.mesh.put(TestMesh.CANARY);

        HttpResponse<String> answer = http.post(
                "/api/v1/explain",
                "{\"method\":\"GET\",\"url\":\"http://catalog/items\",\"headers\":{\"x\":\"y\"},\"source\":\"shoppers\"}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains(
                        "\"by\":\"canary\"",
                        "\"version\":\"v1\",\"percent\":90.0",
                        "\"version\":\"v2\",\"percent\":10.0");
        assertThat(http.post("/api/v1/explain", "{}").body()).contains("url: nothing (expected: http://SERVICE/PATH)");
        assertThat(http.post("/api/v1/explain", "{\"url\":\"http://nobody/\"}").body())
                .contains("\"cause\":\"unknown-service\"");
        assertThat(http.post("/api/v1/explain", "{\"URL\":\"http://nobody/\"}").statusCode())
                .isEqualTo(400);
    }

    @Test
    void tracesAreListedAndRead() {
        Span span = new Span(
                "0af7651916cd43dd8448eb211c80319c",
                "b7ad6b7169203331",
                null,
                "shop",
                "catalog",
                Span.Kind.CLIENT,
                "GET /items",
                Records.NOON,
                5,
                200);
        http.mesh.spans.add(span);

        assertThat(http.get("/api/v1/traces").body())
                .contains("\"traceId\":\"0af7651916cd43dd8448eb211c80319c\"", "\"name\":\"GET /items\"", "\"spans\":1");
        assertThat(http.get("/api/v1/traces/" + span.traceId()).body()).isEqualTo(Json.text(List.of(span)));
        assertThat(http.get("/api/v1/traces/abc").statusCode()).isEqualTo(404);
    }

    @Test
    void aSlowReaderOfTheTapMissesRequestsAndIsToldHowMany() throws Exception {
        AtomicBoolean serving = new AtomicBoolean(true);
        Streams streams = new Streams(
                new Surroundings(http.mesh.controlPlane, Doorkeeper.of(http.token), (_, _) -> {}, serving::get));
        SlowReader reader = new SlowReader();
        Thread tap = Thread.ofVirtual().start(() -> {
            try {
                streams.requests(reader, EventId.NONE, RequestFilter.ALL);
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        // Until the tap listens, nothing that is added is seen by it.
        while (reader.blocked.getCount() > 0) {
            http.mesh.decisions.add(Records.named("first", 200, null));
            boolean _ = reader.blocked.await(10, TimeUnit.MILLISECONDS);
        }
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            http.mesh.decisions.add(Records.named("r-" + i, 200, null));
            ids.add("r-" + i);
        }
        reader.reads.countDown();
        while (!reader.text().contains("\"r-99\"")) {
            Thread.onSpinWait();
        }
        serving.set(false);
        tap.join();

        String text = reader.text();
        assertThat(text).containsPattern("event: dropped\\ndata: \\{\"dropped\":9\\d}\\n\\n");
        List<String> seen =
                ids.stream().filter(id -> text.contains("\"" + id + "\"")).toList();
        assertThat(seen).isEqualTo(ids.subList(92, 100));
        assertThat(Json.read(
                                text.lines()
                                        .filter(line -> line.startsWith("data: {\"id\""))
                                        .toList()
                                        .getLast()
                                        .substring(6),
                                RequestLine.class)
                        .id())
                .isEqualTo("r-99");
    }

    /** Takes nothing until it is let. */
    private static final class SlowReader extends OutputStream {

        final CountDownLatch blocked = new CountDownLatch(1);
        final CountDownLatch reads = new CountDownLatch(1);
        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();

        @Override
        public void write(int octet) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void write(byte[] bytes) {
            blocked.countDown();
            try {
                reads.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            synchronized (this) {
                taken.writeBytes(bytes);
            }
        }

        synchronized String text() {
            return taken.toString(StandardCharsets.UTF_8);
        }
    }
}
