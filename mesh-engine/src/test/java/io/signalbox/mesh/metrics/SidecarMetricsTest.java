package io.signalbox.mesh.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.signalbox.mesh.model.AnsweredBy;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.model.EjectionReason;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.RetryCondition;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class SidecarMetricsTest {

    private static final long MS_NANOS = 1_000_000;
    private static final Outcome OK = new Outcome(200, AnsweredBy.UPSTREAM, null);

    private final List<BreakerReading> breakers = new ArrayList<>();
    private final SidecarMetrics metrics = new SidecarMetrics("checkout", "checkout-1", () -> breakers);

    @Test
    void aDrainHoldsWhatHappenedSinceTheLastOne() {
        EdgeRecorder edge = payment("payment-1");
        call(edge, 200, 3 * MS_NANOS);
        call(edge, 200, 5 * MS_NANOS);
        edge.begin();
        edge.end(503, AnsweredBy.MESH, Cause.BREAKER_OPEN, MS_NANOS);
        edge.retry(RetryCondition.RESET);
        edge.splitDraw();

        EdgeInterval interval = metrics.drain().getFirst();

        assertThat(interval.outcomes())
                .isEqualTo(Map.of(OK, 2L, new Outcome(503, AnsweredBy.MESH, Cause.BREAKER_OPEN), 1L));
        assertThat(interval.requests()).isEqualTo(3);
        assertThat(interval.retries()).isEqualTo(Map.of(RetryCondition.RESET, 1L));
        assertThat(interval.splitDraws()).isEqualTo(1);
        assertThat((double) interval.latency().getMaxValue()).isCloseTo(5 * MS_NANOS, Percentage.withPercentage(1));
        assertThat(interval.latency().getTotalCount()).isEqualTo(3);
        assertThat(metrics.drain()).isEmpty();

        call(edge, 200, MS_NANOS);
        assertThat(metrics.drain().getFirst().outcomes()).isEqualTo(Map.of(OK, 1L));
    }

    @Test
    void concurrencyLimitsAreReadAtEachScrape() throws IOException {
        List<LimitReading> limits = new ArrayList<>();
        SidecarMetrics limited = new SidecarMetrics("checkout", "checkout-1", List::of, () -> limits);
        limits.add(new LimitReading("payment", 20, 18, 3, 7));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        limited.scrape(out, ScrapeFormat.PROMETHEUS);

        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("signalbox_concurrency_limit{destination=\"payment\",source=\"checkout\"} 20.0\n")
                .contains("signalbox_concurrency_in_flight{destination=\"payment\",source=\"checkout\"} 18.0\n")
                .contains("signalbox_concurrency_waiting{destination=\"payment\",source=\"checkout\"} 3.0\n")
                .contains("signalbox_concurrency_refused_total{destination=\"payment\",source=\"checkout\"} 7.0\n");
    }

    @Test
    void anAnswerOfTheMeshIsKeptApartFromTheSameCodeOfTheApplication() {
        EdgeRecorder edge = payment("payment-1");
        call(edge, 503, MS_NANOS);
        edge.begin();
        edge.end(503, AnsweredBy.MESH, Cause.NO_ENDPOINTS, MS_NANOS);

        assertThat(metrics.drain().getFirst().outcomes()).hasSize(2);
    }

    @Test
    void callsInFlightAreCountedNowAndAtTheirMost() {
        EdgeRecorder edge = payment("payment-1");
        edge.begin();
        edge.begin();
        edge.begin();
        edge.end(200, AnsweredBy.UPSTREAM, null, MS_NANOS);
        edge.abandon();

        EdgeInterval first = metrics.drain().getFirst();
        assertThat(first.inFlight()).isEqualTo(1);
        assertThat(first.maxInFlight()).isEqualTo(3);
        assertThat(first.requests()).isEqualTo(1);

        EdgeInterval second = metrics.drain().getFirst();
        assertThat(second.maxInFlight()).isEqualTo(1);
    }

    @Test
    void concurrentCallsAndDrainsLoseNothing() throws InterruptedException {
        int callers = 4;
        int calls = 20_000;
        List<Thread> threads = new ArrayList<>();
        for (int caller = 0; caller < callers; caller++) {
            threads.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; i < calls; i++) {
                    call(payment("payment-" + i % 3), i % 10 == 0 ? 500 : 200, i);
                }
            }));
        }
        long drained = 0;
        long timed = 0;
        while (threads.stream().anyMatch(Thread::isAlive)) {
            for (EdgeInterval interval : metrics.drain()) {
                drained += interval.requests();
                timed += interval.latency().getTotalCount();
            }
        }
        for (Thread thread : threads) {
            thread.join();
        }
        for (EdgeInterval interval : metrics.drain()) {
            drained += interval.requests();
            timed += interval.latency().getTotalCount();
            assertThat(interval.inFlight()).isZero();
        }

        assertThat(drained).isEqualTo((long) callers * calls);
        assertThat(timed).isEqualTo((long) callers * calls);
    }

    @Test
    void theLatencyListDoesNotGrowForEver() {
        EdgeRecorder edge = payment("payment-1");
        for (int i = 0; i < 200_000; i++) {
            call(edge, 200, (i % 1_000) * MS_NANOS);
        }
        EdgeInterval interval = metrics.drain().getFirst();

        assertThat(interval.latency().getTotalCount()).isEqualTo(200_000);
        assertThat(interval.latency().getEstimatedFootprintInBytes()).isLessThan(64_000);
        assertThat((double) interval.latency().getValueAtPercentile(99))
                .isCloseTo(990 * MS_NANOS, within(10.0 * MS_NANOS));
    }

    @Test
    void latenciesOutsideTheRangeCountAsTheNearerEnd() {
        EdgeRecorder edge = payment("payment-1");
        call(edge, 200, -5);
        call(edge, 200, Long.MAX_VALUE);

        assertThat(metrics.drain().getFirst().latency().getTotalCount()).isEqualTo(2);
    }

    @Test
    void thePrometheusTextNamesEachFamilyWithItsLabels() throws IOException {
        EdgeRecorder edge = payment("payment-1");
        call(edge, 200, 3 * MS_NANOS);
        call(payment("payment-2"), 200, 3 * MS_NANOS);
        edge.begin();
        edge.end(503, AnsweredBy.MESH, Cause.BREAKER_OPEN, MS_NANOS);
        edge.begin();
        edge.retry(RetryCondition.ANY_5XX);
        breakers.add(new BreakerReading("payment", "payment-1", BreakerState.OPEN, BreakerReading.Standing.EJECTED));
        metrics.ejected("payment", "payment-1", EjectionReason.FAILURES_IN_A_ROW);

        String edgeLabels = "destination=\"payment\",protocol=\"http\",source=\"checkout\",version=\"v1\"";
        assertThat(scrape(ScrapeFormat.PROMETHEUS).lines())
                .contains(
                        "# TYPE signalbox_requests_total counter",
                        series("signalbox_requests_total", "cause=\"\",code=\"200\"," + edgeLabels) + " 2.0",
                        series("signalbox_requests_total", "cause=\"breaker-open\",code=\"503\"," + edgeLabels)
                                + " 1.0",
                        "# TYPE signalbox_request_duration_seconds histogram",
                        series("signalbox_request_duration_seconds_bucket", edgeLabels, "le=\"1.0E-4\"") + " 0",
                        series("signalbox_request_duration_seconds_bucket", edgeLabels, "le=\"0.005\"") + " 3",
                        series("signalbox_request_duration_seconds_count", edgeLabels) + " 3",
                        series("signalbox_requests_in_flight", edgeLabels) + " 1.0",
                        series(
                                        "signalbox_retries_total",
                                        "destination=\"payment\",protocol=\"http\",reason=\"5xx\",source=\"checkout\","
                                                + "version=\"v1\"")
                                + " 1.0",
                        series(
                                        "signalbox_endpoint_ejected",
                                        "destination=\"payment\",endpoint=\"payment-1\",source=\"checkout\"")
                                + " 1.0",
                        series(
                                        "signalbox_ejections_total",
                                        "destination=\"payment\",endpoint=\"payment-1\",reason=\"failures-in-a-row\","
                                                + "source=\"checkout\"")
                                + " 1.0",
                        series(
                                        "signalbox_breaker_state",
                                        "destination=\"payment\",endpoint=\"payment-1\",source=\"checkout\","
                                                + "state=\"open\"")
                                + " 1.0",
                        series(
                                        "signalbox_breaker_state",
                                        "destination=\"payment\",endpoint=\"payment-1\",source=\"checkout\","
                                                + "state=\"closed\"")
                                + " 0.0");
    }

    @Test
    void streamsAreCountedAsConnectionsAndBytesAndNotAsRequests() throws IOException {
        EdgeRecorder edge = metrics.edge("stock", "v1", "stock-1", Protocol.TCP, Channel.MTLS);
        edge.begin();
        edge.streamOpened();
        edge.streamSent(5);
        edge.streamReceived(7);
        edge.streamReceived(1);
        String[] labels = {"destination=\"stock\"", "protocol=\"tcp\"", "source=\"checkout\"", "version=\"v1\""};

        assertThat(scrape(ScrapeFormat.PROMETHEUS))
                .contains(series("signalbox_tcp_connections_opened_total", labels) + " 1.0")
                .contains(series("signalbox_tcp_connections_open", labels) + " 1.0")
                .contains(series("signalbox_tcp_sent_bytes_total", labels) + " 5.0")
                .contains(series("signalbox_tcp_received_bytes_total", labels) + " 8.0");

        edge.streamEnded(null, MS_NANOS);
        edge.begin();
        edge.streamEnded(Cause.UPSTREAM_RESET, MS_NANOS);

        assertThat(scrape(ScrapeFormat.PROMETHEUS))
                .contains("signalbox_tcp_connections_closed_total{cause=\"\"," + String.join(",", labels) + "} 1.0")
                .contains("signalbox_tcp_connections_closed_total{cause=\"upstream-reset\"," + String.join(",", labels)
                        + "} 1.0")
                .contains(series("signalbox_tcp_connections_open", labels) + " 0.0")
                .doesNotContain("signalbox_requests_total{")
                .doesNotContain("signalbox_requests_in_flight{")
                .doesNotContain("signalbox_request_duration_seconds_count{");
        assertThat(metrics.drain().getFirst().outcomes())
                .isEqualTo(Map.of(
                        new Outcome(Outcome.NO_CODE, AnsweredBy.UPSTREAM, null),
                        1L,
                        new Outcome(Outcome.NO_CODE, AnsweredBy.MESH, Cause.UPSTREAM_RESET),
                        1L));
    }

    @Test
    void openMetricsIsWrittenWhenAskedFor() throws IOException {
        call(payment("payment-1"), 200, MS_NANOS);
        ScrapeFormat format = ScrapeFormat.accepted("application/openmetrics-text;version=1.0.0,text/plain;q=0.5");

        assertThat(scrape(format)).contains("# TYPE signalbox_requests counter").endsWith("# EOF\n");
        assertThat(format.contentType()).startsWith("application/openmetrics-text");
        assertThat(ScrapeFormat.accepted(null).contentType()).startsWith("text/plain");
    }

    @Test
    void oddStatusCodesShareOneLabel() throws IOException {
        EdgeRecorder edge = payment("payment-1");
        for (int code = -5; code < 100; code++) {
            call(edge, code, MS_NANOS);
        }
        for (int code = 600; code < 1_000; code++) {
            call(edge, code, MS_NANOS);
        }

        assertThat(scrape(ScrapeFormat.PROMETHEUS).lines().filter(line -> line.startsWith("signalbox_requests_total")))
                .singleElement()
                .asString()
                .contains("code=\"other\"")
                .endsWith(" 505.0");
    }

    @Test
    void tooManyEdgesShareOne() {
        for (int i = 0; i < SidecarMetrics.MOST_EDGES + 100; i++) {
            call(payment("payment-" + i), 200, MS_NANOS);
        }

        List<EdgeInterval> intervals = metrics.drain();

        assertThat(intervals).hasSize(SidecarMetrics.MOST_EDGES + 1);
        assertThat(intervals)
                .filteredOn(interval -> interval.key().destination().equals("other"))
                .singleElement()
                .satisfies(rest -> assertThat(rest.requests()).isEqualTo(100));
    }

    @Test
    void anEdgeThatStaysQuietIsForgottenWithoutLosingALateCall() {
        EdgeRecorder idle = payment("payment-gone");
        call(idle, 200, MS_NANOS);
        EdgeRecorder busy = payment("payment-busy");
        busy.begin();
        metrics.drain();
        for (int i = 0; i < SidecarMetrics.QUIET_DRAINS; i++) {
            metrics.drain();
        }
        call(idle, 200, MS_NANOS);

        assertThat(payment("payment-gone")).isNotSameAs(idle);
        assertThat(payment("payment-busy")).isSameAs(busy);
        assertThat(metrics.drain())
                .extracting(interval -> interval.key().instanceId())
                .contains("payment-gone");
    }

    @Test
    void oneScrapeOfManySidecarsTellsThemApart() throws IOException {
        SidecarMetrics second = new SidecarMetrics("checkout", "checkout-2", List::of);
        call(payment("payment-1"), 200, MS_NANOS);
        call(second.edge("payment", "v1", "payment-1", Protocol.HTTP, Channel.MTLS), 200, MS_NANOS);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        MeshScrape.write(out, ScrapeFormat.PROMETHEUS, List.of(metrics, second));

        String text = out.toString(StandardCharsets.UTF_8);
        assertThat(text.lines().filter(line -> line.startsWith("signalbox_requests_total")))
                .hasSize(2)
                .anyMatch(line -> line.contains("sidecar=\"checkout-1\""))
                .anyMatch(line -> line.contains("sidecar=\"checkout-2\""));
        assertThat(text.lines().filter("# TYPE signalbox_requests_total counter"::equals))
                .hasSize(1);
        assertThat(text)
                .contains("signalbox_request_duration_seconds_bucket{")
                .contains("signalbox_requests_in_flight");
    }

    private EdgeRecorder payment(String instance) {
        return metrics.edge("payment", "v1", instance, Protocol.HTTP, Channel.MTLS);
    }

    private static void call(EdgeRecorder edge, int status, long nanos) {
        edge.begin();
        edge.end(status, AnsweredBy.UPSTREAM, null, nanos);
    }

    private String scrape(ScrapeFormat format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        metrics.scrape(out, format);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String series(String name, String... labels) {
        return name + "{" + String.join(",", labels) + "}";
    }
}
