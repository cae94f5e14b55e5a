package io.signalbox.mesh.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.mesh.balance.PickedFor;
import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.explain.AttemptStep;
import io.signalbox.mesh.explain.CallOrder;
import io.signalbox.mesh.explain.Candidate;
import io.signalbox.mesh.explain.Candidate.LeftOut;
import io.signalbox.mesh.explain.ExplainedRequest;
import io.signalbox.mesh.explain.ExplainedRequest.Certainty;
import io.signalbox.mesh.explain.Kept;
import io.signalbox.mesh.explain.Pool;
import io.signalbox.mesh.explain.RequestFilter;
import io.signalbox.mesh.explain.RuleAnswer;
import io.signalbox.mesh.explain.VersionChoice;
import io.signalbox.mesh.model.AnsweredBy;
import io.signalbox.mesh.model.BreakerCommand;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.routing.StickyKey;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What is told of how rules, keys, balancers, ejections and circuits of services decided. */
class PickedEndpointTest extends MeshCase {

    private int asked;

    @Test
    void aStickySplitNamesTheKeyWhetherItCameOrWasGiven() throws IOException {
        expose(TestApp.saying(200, "ok"));
        policy("split: { v1: 100, v2: 0 }\nstickiness: { cookie: sid }");

        ExplainedRequest given = ask("GET /", "");
        ExplainedRequest known = ask("GET /", "Cookie: sid=mira\n");

        assertThat(choice(given).by()).isEqualTo(VersionChoice.By.STICKY);
        assertThat(key(given).origin()).isEqualTo(StickyKey.Origin.NEW);
        assertThat(key(known).origin()).isEqualTo(StickyKey.Origin.REQUEST);
        assertThat(key(known).subject()).isEqualTo("cookie sid");
        assertThat(key(known).value()).isEqualTo("(hidden)");
        assertThat(key(known).hash()).hasSize(16).isNotEqualTo(key(given).hash());
        assertThat(List.of(given, known))
                .extracting(ExplainedRequest::certainty)
                .containsOnly(Certainty.REPLAYED);
    }

    @Test
    void aRedirectIsNoFailureAndNamesItsRuleAndPlace() throws IOException {
        policy("rules: [{ match: { pathPrefix: /old }, redirect: { status: 308, pathPrefix: /new } }]");

        ExplainedRequest explained = ask("GET /old/x?a=1", "traceparent: " + RECORDED);

        assertThat(explained.answer()).isEqualTo(new RuleAnswer(1, 308, "/new/x?a=1"));
        assertThat(explained.request().cause()).isEqualTo(Cause.REDIRECT);
        assertThat(explained.request().answeredBy()).isEqualTo(AnsweredBy.MESH);
        assertThat(explained.request().kept()).isEqualTo(Kept.SAMPLED);
        assertThat(explained.request().destination()).isEqualTo("catalog");
        assertThat(explained.request().revision()).isEqualTo(shop.config().revision());
        assertThat(explained.choice()).isNull();
        assertThat(explained.limits()).isNull();
        assertThat(explained.certainty()).isEqualTo(Certainty.REPLAYED);
    }

    @Test
    void aRuleThatAnswersAShareByANewKeyIsReplayed() throws IOException {
        expose(TestApp.saying(200, "ok"));
        policy("""
            rules:
              - match: { path: /beta }
                weight: 50
                directResponse: { status: 503, body: "no" }
            stickiness: { cookie: sid }
            """);

        for (int i = 0; i < 30; i++) {
            ExplainedRequest explained = ask("GET /beta", "traceparent: " + RECORDED);
            assertThat(explained.certainty()).isEqualTo(Certainty.REPLAYED);
            assertThat(explained.request().kept()).isEqualTo(Kept.SAMPLED);
        }
    }

    @Test
    void anEjectedEndpointIsNamedWithWhatItDid() throws IOException {
        expose(TestApp.saying(200, "good"));
        TestApp bad = expose(TestApp.saying(500, "bad"));
        policy("""
            circuitBreaker: { failureThreshold: 1000 }
            outlierDetection: { consecutiveFailures: 3, maxEjectedShare: 0.5 }
            """);
        for (int i = 0; i < 8; i++) {
            get("/");
        }

        AttemptStep attempt = attempt(ask("GET /", "traceparent: " + RECORDED));

        assertThat(attempt.pickedFor()).isEqualTo(PickedFor.TURN);
        Candidate left = candidate(attempt, "catalog-" + bad.port());
        assertThat(left.leftOut()).isEqualTo(LeftOut.EJECTED);
        assertThat(left.circuit()).isEqualTo(BreakerState.CLOSED);
        assertThat(left.why()).isEqualTo("3 failures in a row");
    }

    @Test
    void whenEjectedOnesServeItIsSaid() throws IOException {
        expose(TestApp.saying(500, "bad"));
        policy("""
            circuitBreaker: { failureThreshold: 1000 }
            outlierDetection: { consecutiveFailures: 1, maxEjectedShare: 1.0 }
            """);
        get("/");

        assertThat(attempt(ask("GET /", "")).pool()).isEqualTo(Pool.EJECTED_TOO);
    }

    @Test
    void aRefusalByTheCircuitOfAServiceSaysWhoseItIs() throws IOException {
        expose(TestApp.saying(500, "bad"));
        expose(TestApp.saying(500, "bad"));
        policy("circuitBreaker: { scope: service, failureThreshold: 2 }");
        get("/");
        get("/");

        ExplainedRequest explained = ask("GET /", "");

        assertThat(explained.request().cause()).isEqualTo(Cause.BREAKER_OPEN);
        assertThat(explained.refusedBy())
                .hasSize(2)
                .extracting(candidate -> candidate.leftOut() + ": " + candidate.why())
                .containsOnly("SERVICE_CIRCUIT_OPEN: 2 failures in a row");
    }

    @Test
    void aPanicIsToldAndNobodyButWhoIsHeldOpenCountsAsLeftOut() throws IOException {
        for (int i = 0; i < 3; i++) {
            expose(TestApp.saying(500, "bad"));
        }
        policy("""
            loadBalancing: { strategy: random, panicThreshold: 50 }
            circuitBreaker: { failureThreshold: 1 }
            """);
        await().untilAsserted(() -> {
            get("/");
            assertThat(shop.circuits())
                    .filteredOn(view -> view.breaker().state() == BreakerState.OPEN)
                    .hasSize(3);
        });
        String held = shop.circuits().getFirst().endpoint().instanceId();
        shop.breaker(held, BreakerCommand.OPEN, new ChangeNote("mira", "drill"));

        AttemptStep attempt = attempt(ask("GET /", ""));

        assertThat(attempt.pool()).isEqualTo(Pool.PANIC);
        assertThat(attempt.candidates())
                .extracting(candidate -> candidate.instance().equals(held) + " " + candidate.leftOut())
                .containsExactlyInAnyOrder("true CIRCUIT_FORCED_OPEN", "false null", "false null");
    }

    @Test
    void theCandidatesCarryTheScoresOfWeightedTurnsAndOfCosts() throws IOException {
        expose(TestApp.saying(200, "one"));
        expose(TestApp.saying(200, "other"));
        policy("loadBalancing: { strategy: weighted-round-robin }");
        AttemptStep turns = attempt(ask("GET /", "traceparent: " + RECORDED));

        assertThat(turns.pickedFor()).isEqualTo(PickedFor.CREDIT);
        assertThat(turns.candidates()).extracting(Candidate::score).containsOnly(1.0);

        policy("loadBalancing: { strategy: peak-ewma }");
        get("/");
        get("/");
        AttemptStep costs = attempt(ask("GET /", "traceparent: " + RECORDED));

        assertThat(costs.pickedFor()).isEqualTo(PickedFor.LEAST_COST);
        double picked =
                Objects.requireNonNull(candidate(costs, costs.instance()).score());
        assertThat(costs.candidates())
                .allSatisfy(candidate -> assertThat(candidate.score()).isGreaterThanOrEqualTo(picked));
        assertThat(picked).isPositive();
    }

    @Test
    void aKeyGoesToItsOwnerOrIsDrawnWhenTheOwnerIsGone() throws IOException {
        expose(TestApp.saying(200, "one"));
        expose(TestApp.saying(200, "other"));
        expose(TestApp.saying(200, "third"));
        policy("loadBalancing: { strategy: ring-hash, hashOn: { header: x-user } }");
        AttemptStep owned = attempt(ask("GET /", "x-user: mira\ntraceparent: " + RECORDED));
        shop.breaker(owned.instance(), BreakerCommand.OPEN, new ChangeNote("mira", "drill"));
        AttemptStep drawn = attempt(ask("GET /", "x-user: mira\ntraceparent: " + RECORDED));

        assertThat(owned.pickedFor()).isEqualTo(PickedFor.KEY_OWNER);
        assertThat(drawn.pickedFor()).isEqualTo(PickedFor.KEY_DRAW);
        assertThat(candidate(drawn, owned.instance()).leftOut()).isEqualTo(LeftOut.CIRCUIT_FORCED_OPEN);
        assertThat(drawn.candidates())
                .filteredOn(candidate -> candidate.score() != null)
                .hasSize(2);
    }

    private static final String RECORDED = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\n";

    /** @param fields lines of header fields, each with its line break */
    private ExplainedRequest ask(String requestLine, String fields) throws IOException {
        String id = "asked-" + ++asked;
        call(requestLine + " HTTP/1.1\nHost: catalog\nX-Request-ID: " + id + "\n" + fields + "\n");
        await().untilAsserted(() -> assertThat(mesh.shared.decisions().newest(RequestFilter.ALL, 1_000))
                .anyMatch(record -> id.equals(record.requestId())));
        return CallOrder.explain(
                        mesh.shared.decisions().newest(RequestFilter.ALL, 1_000).stream()
                                .filter(record -> id.equals(record.requestId()))
                                .toList(),
                        List.of())
                .getFirst();
    }

    private static AttemptStep attempt(ExplainedRequest explained) {
        return explained.attempts().getFirst();
    }

    private static VersionChoice choice(ExplainedRequest explained) {
        return Objects.requireNonNull(explained.choice());
    }

    private static StickyKey key(ExplainedRequest explained) {
        return Objects.requireNonNull(explained.key());
    }

    private static Candidate candidate(AttemptStep attempt, String instance) {
        return attempt.candidates().stream()
                .filter(candidate -> candidate.instance().equals(instance))
                .findFirst()
                .orElseThrow();
    }

    private void policy(String fields) {
        mesh.policy(PolicyFormat.read("apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: catalog\n" + fields));
    }
}
