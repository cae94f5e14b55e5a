package io.signalbox.mesh.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.mesh.explain.AttemptEnd;
import io.signalbox.mesh.explain.AttemptStep;
import io.signalbox.mesh.explain.CallOrder;
import io.signalbox.mesh.explain.Candidate;
import io.signalbox.mesh.explain.DecisionRecord;
import io.signalbox.mesh.explain.ExplainedRequest;
import io.signalbox.mesh.explain.ExplainedRequest.Certainty;
import io.signalbox.mesh.explain.Kept;
import io.signalbox.mesh.explain.Pool;
import io.signalbox.mesh.explain.RequestFilter;
import io.signalbox.mesh.explain.RetryStep;
import io.signalbox.mesh.explain.VersionChoice;
import io.signalbox.mesh.model.AnsweredBy;
import io.signalbox.mesh.model.BreakerCommand;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.RetryCondition;
import io.signalbox.mesh.model.RetryPolicy;
import io.signalbox.mesh.model.RouteMatch;
import io.signalbox.mesh.model.RoutingRule;
import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.model.SuccessRate;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.resilience.RetryVerdict;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The record that each kind of ending leaves. */
class DecisionTest extends MeshCase {

    private static final String ID = "req-7";
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    @Test
    void aRuleThatMatches() throws IOException {
        TestApp app = serve(TestApp.saying(200, "ok"));
        mesh.policy(TestMesh.draft("catalog")
                .rules(
                        RoutingRule.of(
                                new RouteMatch(
                                        Map.of("x-user", "premium"), Optional.empty(), Optional.empty(), Set.of()),
                                "v2"),
                        RoutingRule.of(
                                new RouteMatch(Map.of(), Optional.empty(), Optional.of("/items"), Set.of()), "v1"))
                .done());

        ExplainedRequest explained = explained(named("GET /items/7?all=yes"));

        assertThat(explained.request().id()).isEqualTo(ID);
        assertThat(explained.request().traceId()).isEqualTo(TRACE);
        assertThat(explained.request().path()).isEqualTo("/items/7");
        assertThat(explained.request().source()).isEqualTo("shop");
        assertThat(explained.request().sourceInstance()).isEqualTo("shop-0");
        assertThat(explained.request().kept()).isEqualTo(Kept.SAMPLED);
        assertThat(explained.request().revision()).isEqualTo(shop.config().revision());
        assertThat(explained.certainty()).isEqualTo(Certainty.REPLAYED);
        assertThat(explained.rules())
                .extracting(step -> step.verdict() + " " + step.firstFalse())
                .containsExactly(
                        "NOT_MATCHED FailedCondition[subject=header x-user, expected=premium, found=absent]",
                        "TOOK null");
        assertThat(explained.choice()).isEqualTo(new VersionChoice(VersionChoice.By.RULE, "v1", null));
        AttemptStep attempt = explained.attempts().getFirst();
        assertThat(attempt.instance()).isEqualTo("catalog-" + app.port());
        assertThat(attempt.end()).isEqualTo(AttemptEnd.ANSWERED);
        assertThat(attempt.status()).isEqualTo(200);
        assertThat(attempt.circuit()).isEqualTo(BreakerState.CLOSED);
        assertThat(attempt.retry()).isNull();
        assertThat(attempt.candidates())
                .containsExactly(new Candidate(attempt.instance(), "v1", BreakerState.CLOSED, 0, null, null, null));
        assertThat(attempt.pool()).isEqualTo(Pool.USABLE);
    }

    @Test
    void aSplitWithItsLot() throws IOException {
        serve(TestApp.saying(200, "ok"));
        mesh.policy(TestMesh.draft("catalog")
                .split(new Splitting.Weighted(Map.of("v1", Weight.ALL)))
                .done());

        VersionChoice choice = Objects.requireNonNull(explained(named("GET /")).choice());

        assertThat(choice.by()).isEqualTo(VersionChoice.By.WEIGHTED);
        assertThat(choice.lot()).isBetween(0, 99);
    }

    @Test
    void aCanaryWhoseCandidateHasNoEndpoints() throws IOException {
        serve(TestApp.saying(200, "ok"));
        mesh.policy(TestMesh.draft("catalog")
                .split(new Splitting.Canary(
                        "v1",
                        "v2",
                        Weight.ALL,
                        new Weight(10),
                        Duration.ofMinutes(5),
                        Weight.ALL,
                        new SuccessRate(0.99)))
                .done());

        ExplainedRequest explained = explained(named("GET /"));

        assertThat(explained.request().cause()).isEqualTo(Cause.NO_ENDPOINTS);
        assertThat(explained.request().kept()).isEqualTo(Kept.FAILED);
        VersionChoice choice = Objects.requireNonNull(explained.choice());
        assertThat(choice.by()).isEqualTo(VersionChoice.By.CANARY);
        assertThat(choice.version()).isEqualTo("v2");
        assertThat(explained.attempts()).isEmpty();
    }

    @Test
    void aRetryThatSucceedsElsewhere() throws IOException {
        TestApp bad = serve(TestApp.saying(503, "bad"));
        TestApp good = serve(TestApp.saying(200, "good"));
        mesh.policy(TestMesh.draft("catalog")
                .retry(3, RetryCondition.ANY_5XX)
                .breaker(100, 1, Duration.ofSeconds(60), 1)
                .done());

        get("/");
        get("/");
        ExplainedRequest explained = explained(newest(2).stream()
                .filter(record -> record.kept() == Kept.RETRIED)
                .findFirst()
                .orElseThrow());

        AttemptStep first = explained.attempts().getFirst();
        AttemptStep second = explained.attempts().get(1);
        assertThat(first.instance()).isEqualTo("catalog-" + bad.port());
        assertThat(first.status()).isEqualTo(503);
        assertThat(retry(first).objection()).isNull();
        assertThat(retry(first).pauseNanos()).isNotNull();
        assertThat(retry(first).budgetLeft()).isPositive();
        assertThat(second.instance()).isEqualTo("catalog-" + good.port());
        assertThat(second.startNanos()).isGreaterThanOrEqualTo(first.startNanos() + first.durationNanos());
        assertThat(second.candidates())
                .extracting(candidate -> candidate.instance() + " " + candidate.leftOut())
                .containsExactlyInAnyOrder(first.instance() + " TRIED_BEFORE", second.instance() + " null");
        assertThat(explained.request().attempts()).isEqualTo(2);
        assertThat(explained.request().status()).isEqualTo(200);
    }

    @Test
    void aRetryThatIsRefused() throws IOException {
        serve(TestApp.saying(503, "bad"));
        mesh.policy(TestMesh.draft("catalog").retry(2, RetryCondition.ANY_5XX).done());

        AttemptStep attempt = explained(named("POST /orders")).attempts().getFirst();

        assertThat(retry(attempt).objection()).isEqualTo(RetryVerdict.Reason.NOT_IDEMPOTENT);
        assertThat(retry(attempt).pauseNanos()).isNull();
    }

    @Test
    void circuitsThatAllRefuse() throws IOException {
        TestApp app = serve(TestApp.saying(200, "ok"));
        String instance = "catalog-" + app.port();
        shop.breaker(instance, BreakerCommand.OPEN, new ChangeNote("mira", "drill"));

        ExplainedRequest explained = explained(named("GET /"));

        assertThat(explained.request().cause()).isEqualTo(Cause.BREAKER_OPEN);
        assertThat(explained.request().answeredBy()).isEqualTo(AnsweredBy.MESH);
        assertThat(explained.attempts()).isEmpty();
        assertThat(explained.refusedBy())
                .containsExactly(new Candidate(
                        instance,
                        "v1",
                        BreakerState.FORCED_OPEN,
                        0,
                        null,
                        Candidate.LeftOut.CIRCUIT_FORCED_OPEN,
                        "by mira: drill"));
    }

    @Test
    void anEndpointThatIsLeftOutForItsOpenCircuit() throws IOException {
        TestApp closed = serve(TestApp.saying(200, "ok"));
        TestApp open = serve(TestApp.saying(200, "ok"));
        shop.breaker("catalog-" + open.port(), BreakerCommand.OPEN, new ChangeNote("mira", "drill"));

        AttemptStep attempt = explained(named("GET /")).attempts().getFirst();

        assertThat(attempt.candidates())
                .extracting(candidate -> candidate.instance() + " " + candidate.circuit() + " " + candidate.leftOut())
                .containsExactlyInAnyOrder(
                        "catalog-" + closed.port() + " CLOSED null",
                        "catalog-" + open.port() + " FORCED_OPEN CIRCUIT_FORCED_OPEN");
    }

    @Test
    void aTimeoutOfTheRequest() throws IOException {
        CountDownLatch never = new CountDownLatch(1);
        serve(RawApp.talking(_ -> never.await()));
        mesh.policy(TestMesh.draft("catalog").timeout(Duration.ofMillis(150)).done());

        ExplainedRequest explained = explained(named("GET /"));
        never.countDown();

        assertThat(explained.request().cause()).isEqualTo(Cause.TIMEOUT);
        AttemptStep attempt = explained.attempts().getFirst();
        assertThat(attempt.end()).isEqualTo(AttemptEnd.TIMED_OUT);
        assertThat(attempt.cause()).isEqualTo(Cause.TIMEOUT);
        assertThat(attempt.status()).isNull();
        assertThat(attempt.durationNanos()).isGreaterThan(Duration.ofMillis(100).toNanos());
    }

    @Test
    void aTimeoutOfEachAttempt() throws IOException {
        CountDownLatch never = new CountDownLatch(1);
        serve(RawApp.talking(_ -> never.await()));
        mesh.policy(TestMesh.draft("catalog")
                .retry(
                        2,
                        Optional.of(Duration.ofMillis(100)),
                        RetryPolicy.Methods.IDEMPOTENT,
                        List.of(RetryCondition.TIMEOUT))
                .done());

        ExplainedRequest explained = explained(named("GET /"));
        never.countDown();

        assertThat(explained.attempts())
                .extracting(attempt -> attempt.end() + " " + attempt.cause() + " "
                        + retry(attempt).objection())
                .containsExactly(
                        "TRY_TIMED_OUT PER_TRY_TIMEOUT null", "TRY_TIMED_OUT PER_TRY_TIMEOUT ATTEMPTS_USED_UP");
    }

    @Test
    void aCallerThatLeaves() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        serve(RawApp.talking(connection -> {
            connection.request();
            asked.countDown();
            never.await();
        }));
        RawHttp leaving = new RawHttp(shop.outboundPort());
        leaving.send("GET /left HTTP/1.1\nHost: catalog\n\n");
        asked.await();
        leaving.socket.setSoLinger(true, 0);
        leaving.close();

        ExplainedRequest explained = explained(newest(1).getFirst());
        never.countDown();

        assertThat(explained.request().cause()).isEqualTo(Cause.CALLER_GONE);
        assertThat(explained.attempts().getFirst().end()).isEqualTo(AttemptEnd.CALLER_GONE);
    }

    @Test
    void anEndpointThatCannotBeConnectedTo() throws IOException {
        mesh.plain("catalog", "v1", "catalog-1", closedPort());

        AttemptStep attempt = explained(named("GET /")).attempts().getFirst();

        assertThat(attempt.end()).isEqualTo(AttemptEnd.CONNECT_FAILED);
        assertThat(attempt.cause()).isEqualTo(Cause.CONNECT_FAILURE);
    }

    @Test
    void aServiceThatNobodyKnows() throws IOException {
        call("GET / HTTP/1.1\nHost: nobody\nX-Request-ID: " + ID + "\n\n");

        ExplainedRequest explained = explained(newest(1).getFirst());

        assertThat(explained.request().id()).isEqualTo(ID);
        assertThat(explained.request().cause()).isEqualTo(Cause.UNKNOWN_SERVICE);
        assertThat(explained.request().authority()).isEqualTo("nobody");
        assertThat(explained.choice()).isNull();
    }

    @Test
    void everyHopOfATraceInTheOrderOfTheCalls() throws Exception {
        TestApp reviews = mesh.closing(TestApp.saying(200, "five stars"));
        mesh.serve("reviews", "v1", "reviews-1", reviews.port());
        AtomicInteger outbound = new AtomicInteger();
        TestApp catalog = mesh.closing(TestApp.answering(exchange -> {
            try (RawHttp http = new RawHttp(outbound.get())) {
                http.send("GET /reviews HTTP/1.1\nHost: reviews\nX-Request-ID: "
                        + exchange.getRequestHeaders().getFirst("X-Request-ID") + "\ntraceparent: "
                        + exchange.getRequestHeaders().getFirst("traceparent") + "\n\n");
                TestApp.say(exchange, 200, http.answer().body());
            }
        }));
        outbound.set(mesh.serve("catalog", "v1", "catalog-1", catalog.port()).outboundPort());

        named("GET /");
        await().untilAsserted(() -> assertThat(mesh.shared.decisions().hops(ID)).hasSize(2));
        await().untilAsserted(() -> assertThat(mesh.shared.spans().trace(TRACE)).hasSize(4));
        List<ExplainedRequest> hops = CallOrder.explain(
                mesh.shared.decisions().hops(ID), mesh.shared.spans().trace(TRACE));

        assertThat(hops)
                .extracting(hop -> hop.depth() + " " + hop.request().source() + " "
                        + hop.request().destination())
                .containsExactly("0 shop catalog", "1 catalog reviews");
    }

    @Test
    void whatNobodyWantsRecordedLeavesNothingUnlessItFails() throws IOException {
        serve(TestApp.saying(200, "ok"));
        String unsampled = "\ntraceparent: 00-" + TRACE + "-b7ad6b7169203331-00\n\n";
        for (int i = 0; i < 20; i++) {
            call("GET /" + i + " HTTP/1.1\nHost: catalog" + unsampled);
        }
        call("GET /bad HTTP/1.1\nHost: nobody" + unsampled);

        await().untilAsserted(() -> assertThat(mesh.shared.decisions().newest(RequestFilter.ALL, 100))
                .extracting(record -> record.head().target())
                .containsExactly("/bad"));
    }

    private DecisionRecord named(String requestLine) throws IOException {
        call(requestLine + " HTTP/1.1\nHost: catalog\nX-Request-ID: " + ID + "\ntraceparent: 00-" + TRACE
                + "-b7ad6b7169203331-01\n\n");
        return newest(1).getFirst();
    }

    private List<DecisionRecord> newest(int count) {
        await().untilAsserted(() -> assertThat(mesh.shared.decisions().newest(RequestFilter.ALL, 100))
                .hasSizeGreaterThanOrEqualTo(count));
        return mesh.shared.decisions().newest(RequestFilter.ALL, 100);
    }

    private static RetryStep retry(AttemptStep attempt) {
        return Objects.requireNonNull(attempt.retry());
    }

    private static ExplainedRequest explained(DecisionRecord record) {
        return CallOrder.explain(List.of(record), List.of()).getFirst();
    }
}
