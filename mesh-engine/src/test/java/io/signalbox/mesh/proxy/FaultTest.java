package io.signalbox.mesh.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.explain.DecisionRecord;
import io.signalbox.mesh.explain.RequestFilter;
import io.signalbox.mesh.metrics.EdgeInterval;
import io.signalbox.mesh.metrics.ScrapeFormat;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.model.MtlsMode;
import io.signalbox.mesh.model.RetryCondition;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults of a policy on real sockets, brought about by the caller's sidecar or by the one beside the application. */
class FaultTest extends MeshCase {

    private static final String RETRY =
            "retry: { maxAttempts: 3, retryOn: [5xx], backoff: { base: 1ms, max: 1ms }, budget: { ratio: 1,"
                    + " minPerSecond: 1000 } }\n";

    @ParameterizedTest
    @ValueSource(strings = {"client", "server"})
    void anAbortIsAnsweredInTheApplicationsPlace(String side) throws IOException {
        TestApp app = serve(TestApp.saying(200, "fine"));
        policy("faults: [ { name: outage, side: " + side + ", abort: { status: 503 } } ]");

        RawHttp.Answer answer = get("/");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.cause()).isEqualTo("fault-injected");
        assertThat(answer.head().field("x-signalbox-fault")).isEqualTo("outage");
        assertThat(answer.head().field("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.body()).contains("\"status\":503", "\"cause\":\"fault-injected\"");
        assertThat(app.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "server"})
    void eachAttemptOfAnAbortedRequestIsCountedAndTheTriesEnd(String side) throws IOException {
        serve(TestApp.saying(200, "fine"));
        policy(RETRY + "faults: [ { name: outage, side: " + side + ", abort: { status: 503 } } ]");

        assertThat(get("/").status()).isEqualTo(503);

        DecisionRecord record = recorded();
        assertThat(record.cause()).isEqualTo(Cause.FAULT_INJECTED);
        assertThat(record.attempts()).hasSize(3).allSatisfy(attempt -> {
            assertThat(attempt.status()).isEqualTo(503);
            assertThat(attempt.cause()).isEqualTo(Cause.FAULT_INJECTED);
            assertThat(attempt.faults()).containsExactly("outage");
        });
        String scraped = scraped();
        assertThat(scraped)
                .contains("signalbox_faults_injected_total{destination=\"catalog\",fault=\"outage\",side=\"" + side
                        + "\",source=\"shop\"} 3.0");
    }

    @Test
    void aFaultOfHalfTheAttemptsIsOvercomeByRetries() throws IOException {
        serve(TestApp.saying(200, "fine"));
        policy(RETRY.replace("maxAttempts: 3", "maxAttempts: 10")
                + "circuitBreaker: { failureThreshold: 1000 }\n"
                + "faults: [ { share: 50, side: client, abort: {} }, { share: 20, abort: { status: 500 } } ]");

        for (int i = 0; i < 40; i++) {
            assertThat(get("/").status()).isEqualTo(200);
        }
        assertThat(retries(RetryCondition.ANY_5XX)).isBetween(20L, 160L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "server"})
    void aFaultOfOneVersionLeavesTheOthersAlone(String side) throws IOException {
        serve("v1", TestApp.saying(200, "old"));
        serve("v2", TestApp.saying(200, "new"));
        policy("rules: [ { match: { path: /new }, to: v2 }, { to: v1 } ]\n"
                + "faults: [ { name: worse, version: v2, side: " + side + ", abort: { status: 503 } } ]");

        assertThat(get("/old").status()).isEqualTo(200);
        assertThat(get("/new").status()).isEqualTo(503);
    }

    @Test
    void anAbortWithRetryAfterIsWaitedForByTheRetry() throws IOException {
        serve(TestApp.saying(200, "fine"));
        policy("retry: { maxAttempts: 2, retryOn: [retriable-4xx], backoff: { base: 1ms, max: 1ms } }\n"
                + "faults: [ { abort: { status: 429, retryAfter: 1s, body: slow down } } ]");
        long before = System.nanoTime();

        RawHttp.Answer answer = get("/");

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofSeconds(1));
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.head().field("Retry-After")).isEqualTo("1");
        assertThat(answer.body()).isEqualTo("slow down");
        assertThat(retries(RetryCondition.RETRIABLE_4XX)).isEqualTo(1);
    }

    @Test
    void aServersResetIsSeenAsOneByTheCallersSidecarAndTriedAgain() throws IOException {
        TestApp app = serve(TestApp.saying(200, "fine"));
        policy("retry: { maxAttempts: 3, retryOn: [reset], backoff: { base: 1ms, max: 1ms } }\n"
                + "faults: [ { name: cut, reset: {} } ]");

        RawHttp.Answer answer = get("/");

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.cause()).isEqualTo("upstream-reset");
        assertThat(app.asked()).isEmpty();
        assertThat(retries(RetryCondition.RESET)).isEqualTo(2);
    }

    @Test
    void aCallersResetIsTriedAgainAndToldByName() throws IOException {
        serve(TestApp.saying(200, "fine"));
        policy("retry: { maxAttempts: 2, retryOn: [reset], backoff: { base: 1ms, max: 1ms } }\n"
                + "faults: [ { name: cut, side: client, reset: {} } ]");

        assertThat(get("/").cause()).isEqualTo("upstream-reset");

        assertThat(recorded().attempts())
                .hasSize(2)
                .allSatisfy(attempt -> assertThat(attempt.faults()).containsExactly("cut"));
    }

    @Test
    void aCallerWithoutASidecarSeesTheConnectionReset() throws IOException {
        TestApp app = mesh.closing(TestApp.saying(200, "fine"));
        Sidecar open = mesh.start(
                SidecarSpec.of("catalog", "v1", "catalog-1", app.port(), mesh.authority.issue("catalog", "catalog-1"))
                        .withMtls(MtlsMode.PERMISSIVE));
        policy("faults: [ { reset: {} } ]");

        try (RawHttp http = new RawHttp(open.inboundPort().orElseThrow())) {
            http.send("GET / HTTP/1.1\nHost: catalog\n\n");
            assertThatThrownBy(http::answer).isInstanceOf(IOException.class).hasMessageContaining("reset");
        }
        assertThat(app.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "server"})
    void aResetAfterSomeBytesPassesSoManyAndNoMore(String side) throws IOException {
        serve(TestApp.saying(200, "b".repeat(100_000)));
        policy("faults: [ { name: cut, side: " + side + ", reset: { afterBytes: 30000 } } ]");

        try (RawHttp http = new RawHttp(shop.outboundPort())) {
            http.send("GET / HTTP/1.1\nHost: catalog\n\n");
            assertThat(http.head().status()).isEqualTo(200);
            assertThat(readAll(http)).isLessThanOrEqualTo(30_000);
        }
        DecisionRecord record = recorded();
        assertThat(record.status()).isEqualTo(200);
        assertThat(record.cause()).isEqualTo(Cause.UPSTREAM_RESET);
    }

    @Test
    void anAnswerThatEndsBeforeTheResetPassesWhole() throws IOException {
        serve(TestApp.saying(200, "short"));
        policy("faults: [ { reset: { afterBytes: 30000 } } ]");

        assertThat(get("/").body()).isEqualTo("short");
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "server"})
    void aDelayIsWaitedForAndTheAnswerIsTheApplications(String side) throws IOException {
        TestApp app = serve(TestApp.saying(200, "fine"));
        policy("faults: [ { name: slow, side: " + side + ", delay: 150ms }, { name: more, delay: 50ms } ]");
        long before = System.nanoTime();

        RawHttp.Answer answer = get("/");

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
        assertThat(answer.body()).isEqualTo("fine");
        assertThat(answer.cause()).isEmpty();
        assertThat(answer.head().field("x-signalbox-fault")).isEqualTo("slow, more");
        assertThat(app.asked()).hasSize(1);
        assertThat(app.asked().getFirst().headers().containsKey("x-signalbox-fault"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "server"})
    void aDelayBeyondThePerTryTimeoutTimesTheAttemptOut(String side) throws IOException {
        TestApp app = serve(TestApp.saying(200, "fine"));
        policy("retry: { maxAttempts: 2, perTryTimeout: 100ms, retryOn: [timeout], backoff: { base: 1ms, max: 1ms } }\n"
                + "faults: [ { side: " + side + ", delay: 20s } ]");

        RawHttp.Answer answer = get("/");

        assertThat(answer.status()).isEqualTo(504);
        assertThat(answer.cause()).isEqualTo("per-try-timeout");
        assertThat(app.asked()).isEmpty();
        assertThat(retries(RetryCondition.TIMEOUT)).isEqualTo(1);
    }

    @Test
    void aHedgeOvertakesADelayedAttempt() throws IOException {
        serve(TestApp.saying(200, "one"));
        serve(TestApp.saying(200, "two"));
        policy("retry: { maxAttempts: 1, hedge: { after: 50ms } , budget: { ratio: 1, minPerSecond: 100 } }\n"
                + "faults: [ { share: 40, delay: 5s } ]");
        long before = System.nanoTime();

        for (int i = 0; i < 8; i++) {
            assertThat(get("/").status()).isEqualTo(200);
        }

        assertThat(retries(RetryCondition.HEDGE)).isPositive();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(25));
    }

    @Test
    void serverAbortsOpenTheCallersCircuit() throws IOException {
        serve(TestApp.saying(200, "fine"));
        policy("circuitBreaker: { failureThreshold: 3 }\nfaults: [ { abort: { status: 500 } } ]");

        for (int i = 0; i < 3; i++) {
            assertThat(get("/").cause()).isEqualTo("fault-injected");
        }

        assertThat(get("/").cause()).isEqualTo("breaker-open");
        assertThat(shop.circuits().getFirst().breaker().state()).isEqualTo(BreakerState.OPEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "server"})
    void anInjectedStatusOfGrpcIsTriedAgainAndCountsInTheWindowOfACircuit(String side) throws IOException {
        serve(TestApp.saying(200, "fine"));
        policy("retry: { maxAttempts: 4, retryOn: [grpc-unavailable], methods: any, backoff: { base: 1ms, max: 1ms }"
                + " }\n"
                + "circuitBreaker: { window: { size: 10, minimumCalls: 4"
                + " } }\n"
                + "faults: [ {"
                + " side:"
                + " " + side + ", abort: { status: 503 } } ]");
        String request = "POST /a.B/C HTTP/1.1\nHost: catalog\nContent-Type: application/grpc\nContent-Length: 0\n\n";

        RawHttp.Answer answer = call(request);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.head().field("grpc-status")).isEqualTo("14");
        assertThat(retries(RetryCondition.GRPC_UNAVAILABLE)).isEqualTo(3);
        // The last attempt is settled after its answer has gone out.
        await().atMost(Duration.ofSeconds(5))
                .until(() -> shop.circuits().getFirst().breaker().state() == BreakerState.OPEN);
        assertThat(call(request).cause()).isEqualTo("breaker-open");
    }

    @Test
    void theBudgetBoundsWhatAnInjectedOutageAddsInRetries() throws IOException {
        serve(TestApp.saying(200, "fine"));
        policy("retry: { maxAttempts: 10, retryOn: [5xx], backoff: { base: 1ms, max: 1ms }, budget: { ratio: 0.2,"
                + " minPerSecond: 0 } }\n"
                + "circuitBreaker: { failureThreshold: 100000 }\n"
                + "faults: [ { abort: {} } ]");

        for (int i = 0; i < 100; i++) {
            assertThat(get("/").status()).isEqualTo(503);
        }

        assertThat(retries(RetryCondition.ANY_5XX)).isBetween(1L, 20L);
    }

    @Test
    void aFaultIsGoneWithThePolicyThatAskedForIt() throws IOException {
        serve(TestApp.saying(200, "fine"));
        policy("faults: [ { abort: {} } ]");
        assertThat(get("/").status()).isEqualTo(503);

        policy("");

        assertThat(get("/").status()).isEqualTo(200);
    }

    @Test
    void onlyWhatMatchesIsBefallen() throws IOException {
        serve(TestApp.saying(200, "fine"));
        policy("faults:\n- match: { pathPrefix: /slow, methods: [GET], headers: { X-Try: yes }, sources: [shop] }\n"
                + "  abort: { status: 418 }\n- match: { sources: [nobody] }\n  abort: { status: 419 }");

        assertThat(call("GET /slow/1 HTTP/1.1\nHost: catalog\nX-Try: yes\n\n").status())
                .isEqualTo(418);
        assertThat(call("GET /fast HTTP/1.1\nHost: catalog\nX-Try: yes\n\n").status())
                .isEqualTo(200);
        assertThat(call("GET /slow HTTP/1.1\nHost: catalog\n\n").status()).isEqualTo(200);
    }

    @Test
    void whatAnApplicationSaysOfFaultsIsNotBelieved() throws IOException {
        serve(TestApp.answering(exchange -> {
            exchange.getResponseHeaders().add("x-signalbox-fault", "made-up");
            exchange.getResponseHeaders().add("x-signalbox-cause", "fault-injected");
            TestApp.say(exchange, 200, "fine");
        }));
        policy("faults: [ { match: { path: /other }, abort: {} } ]");

        RawHttp.Answer answer = get("/");

        assertThat(answer.head().field("x-signalbox-fault")).isEmpty();
        assertThat(answer.cause()).isEmpty();
    }

    @Test
    void aCallerThatLeavesEndsTheDelay() throws IOException {
        TestApp app = serve(TestApp.saying(200, "fine"));
        policy("timeout: 60s\nfaults: [ { side: client, delay: 30s } ]");

        try (RawHttp http = new RawHttp(shop.outboundPort())) {
            http.send("GET / HTTP/1.1\nHost: catalog\n\n");
            await().until(() -> shop.circuits().stream().anyMatch(view -> view.inFlight() > 0));
            http.socket.setSoLinger(true, 0);
        }

        await().atMost(Duration.ofSeconds(5))
                .until(() -> shop.circuits().stream().noneMatch(view -> view.inFlight() > 0));
        assertThat(app.asked()).isEmpty();
    }

    private void policy(String fields) {
        mesh.policy(PolicyFormat.read(
                "apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: catalog\n" + fields + "\n"));
    }

    private DecisionRecord recorded() {
        List<DecisionRecord> records = new ArrayList<>();
        await().atMost(Duration.ofSeconds(5)).until(() -> {
            records.addAll(mesh.shared.decisions().newest(RequestFilter.ALL, 1));
            return !records.isEmpty();
        });
        return records.getFirst();
    }

    private long retries(RetryCondition reason) {
        return shop.drainTelemetry().stream()
                .map(EdgeInterval::retries)
                .mapToLong(retries -> retries.getOrDefault(reason, 0L))
                .sum();
    }

    /** What all sidecars of the test tell. */
    private String scraped() throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (Sidecar sidecar : mesh.sidecars()) {
            sidecar.metrics().scrape(text, ScrapeFormat.PROMETHEUS);
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    private static int readAll(RawHttp http) {
        int count = 0;
        try {
            while (http.in.read() >= 0) {
                count++;
            }
        } catch (IOException e) {
            // The reset; what had passed before it counts.
        }
        return count;
    }
}
