package io.signalbox.mesh.proxy.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.signalbox.mesh.explain.AttemptEnd;
import io.signalbox.mesh.explain.AttemptRecord;
import io.signalbox.mesh.explain.RequestFilter;
import io.signalbox.mesh.model.BalancingStrategy;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.model.HedgeDelay;
import io.signalbox.mesh.model.RetryCondition;
import io.signalbox.mesh.model.RetryPolicy;
import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.proxy.message.Fields;
import io.signalbox.mesh.proxy.transport.UpstreamFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A second attempt beside one that is slow, on a clock that the test moves. The first call of each test goes to a. */
class HedgingTest {

    private static final Duration DELAY = Duration.ofMillis(200);
    private static final long CALL_NANOS = 2_000_000_000;
    private static final RetryPolicy.Budget PLENTY = new RetryPolicy.Budget(1.0, 1_000);

    private final StagedMesh mesh = new StagedMesh();

    @Test
    void theFirstGoodAnswerWinsAndNobodyIsToBlame() {
        mesh.endpoint("a", attempt -> {})
                .endpoint("b", attempt -> attempt.answer(Duration.ofMillis(30), 200))
                .policy(hedged(1, PLENTY));

        StagedExchange exchange = mesh.get();
        mesh.time.advance(Duration.ofMillis(199));
        assertThat(mesh.asked()).containsExactly("a");
        mesh.time.advance(Duration.ofMillis(40));

        assertThat(mesh.asked()).containsExactly("a", "b");
        assertThat(exchange.answeredBy()).isEqualTo("b");
        assertThat(exchange.took()).isEqualTo(Duration.ofMillis(230));
        assertThat(mesh.attempts.getFirst().isAbandoned()).isTrue();
        assertThat(mesh.failures("a") + mesh.failures("b")).isZero();
        assertThat(mesh.calls("a")).as("it has not shown how it does").isZero();
        assertThat(mesh.inFlight()).isZero();
        assertThat(mesh.counted()).isEqualTo(new StagedMesh.Counted(Map.of(RetryCondition.HEDGE, 1L), Map.of("b", 1L)));
    }

    @Test
    void whatIsRememberedTellsOfBothAttempts() {
        mesh.endpoint("a", attempt -> {})
                .endpoint("b", attempt -> attempt.answer(Duration.ofMillis(30), 200))
                .policy(hedged(1, PLENTY));

        mesh.get();
        mesh.time.advance(Duration.ofMillis(240));

        assertThat(mesh.decisions.newest(RequestFilter.ALL, 1).getFirst().attempts())
                .extracting(
                        attempt -> attempt.endpoint().instanceId(),
                        AttemptRecord::end,
                        AttemptRecord::startNanos,
                        AttemptRecord::durationNanos)
                .containsExactly(
                        tuple("a", AttemptEnd.OVERTAKEN, 0L, 230_000_000L),
                        tuple("b", AttemptEnd.ANSWERED, 200_000_000L, 30_000_000L));
    }

    @Test
    void theAttemptThatBeganFirstMayStillWin() {
        mesh.endpoint("a", attempt -> attempt.answer(Duration.ofMillis(210), 404))
                .endpoint("b", attempt -> attempt.answer(Duration.ofMillis(30), 200))
                .policy(hedged(1, PLENTY));

        StagedExchange exchange = mesh.get();
        mesh.time.advance(Duration.ofSeconds(1));

        assertThat(exchange.status()).as("not found is an answer").isEqualTo(404);
        assertThat(exchange.took()).isEqualTo(Duration.ofMillis(210));
        assertThat(mesh.attempts.getLast().isAbandoned()).isTrue();
        assertThat(mesh.counted().calls()).isEqualTo(Map.of("a", 1L));
    }

    @Test
    void whoAnswersInTimeGetsNoCompany() {
        mesh.endpoint("a", attempt -> attempt.answer(Duration.ofMillis(199), 200))
                .endpoint("b", attempt -> attempt.answer(Duration.ofMillis(1), 200))
                .policy(hedged(1, PLENTY));

        StagedExchange exchange = mesh.get();
        mesh.time.advance(Duration.ofSeconds(2));

        assertThat(exchange.answeredBy()).isEqualTo("a");
        assertThat(mesh.asked()).containsExactly("a");
        assertThat(mesh.time.waiting()).as("no timer is left").isEmpty();
    }

    @Test
    void aBadAnswerIsDroppedWhileAnotherAttemptRuns() {
        mesh.endpoint("a", attempt -> attempt.answer(Duration.ofMillis(300), 200))
                .endpoint("b", attempt -> attempt.answer(Duration.ofMillis(10), 500))
                .policy(hedged(1, PLENTY));

        StagedExchange exchange = mesh.get();
        mesh.time.advance(Duration.ofSeconds(1));

        assertThat(exchange.answeredBy()).isEqualTo("a");
        assertThat(exchange.status()).isEqualTo(200);
        assertThat(mesh.failures("b")).as("that one is to blame").isEqualTo(1);
        assertThat(mesh.failures("a")).isZero();
        assertThat(mesh.inFlight()).isZero();
    }

    @Test
    void whenAllGoBadlyTheLastOneIsTriedAgain() {
        mesh.endpoint("a", attempt -> attempt.fail(Duration.ofMillis(250), new UpstreamFailure.Reset("gone")))
                .endpoint("b", attempt -> attempt.answer(Duration.ofMillis(100), 503))
                .endpoint("c", attempt -> attempt.answer(Duration.ofMillis(1), 200))
                .policy(policy(2, Set.of(RetryCondition.GATEWAY_ERROR), 1, PLENTY, RetryPolicy.Methods.IDEMPOTENT));

        StagedExchange retried = mesh.get();
        mesh.time.advance(Duration.ofSeconds(1));

        assertThat(mesh.asked()).containsExactly("a", "b", "c");
        assertThat(retried.answeredBy()).isEqualTo("c");
        assertThat(mesh.failures("a") + mesh.failures("b")).isEqualTo(2);
        assertThat(mesh.inFlight()).isZero();
    }

    @Test
    void withoutRetriesTheLastBadAnswerIsPassedOn() {
        mesh.endpoint("a", attempt -> attempt.fail(Duration.ofMillis(250), new UpstreamFailure.Reset("gone")))
                .endpoint("b", attempt -> attempt.answer(Duration.ofMillis(100), 503))
                .policy(hedged(1, PLENTY));

        StagedExchange exchange = mesh.get();
        mesh.time.advance(Duration.ofSeconds(1));

        assertThat(exchange.status()).isEqualTo(503);
        assertThat(exchange.answeredBy()).isEqualTo("b");
        assertThat(mesh.counted().calls()).isEqualTo(Map.of("b", 1L));
    }

    @Test
    void aPostGetsNoCompanyUnlessThePolicySaysSo() {
        mesh.endpoint("a", attempt -> attempt.answer(Duration.ofSeconds(1), 200))
                .endpoint("b", attempt -> attempt.answer(Duration.ofMillis(1), 200))
                .policy(hedged(1, PLENTY));
        mesh.send("POST", new Fields());
        mesh.time.advance(Duration.ofSeconds(2));
        assertThat(mesh.asked()).containsExactly("a");

        mesh.policy(policy(1, Set.of(), 1, PLENTY, RetryPolicy.Methods.ANY));
        mesh.send("POST", new Fields());
        mesh.send("POST", new Fields());
        mesh.time.advance(Duration.ofSeconds(2));
        assertThat(mesh.asked()).containsExactly("a", "b", "a", "b");
    }

    @Test
    void whatAsksToLeaveHttpGetsNoCompany() {
        mesh.endpoint("a", attempt -> {}).endpoint("b", attempt -> {}).policy(hedged(1, PLENTY));
        Fields fields = new Fields();
        fields.add("Connection", "Upgrade");
        fields.add("Upgrade", "websocket");

        mesh.send("GET", fields);
        mesh.time.advance(Duration.ofSeconds(1));

        assertThat(mesh.asked()).containsExactly("a");
    }

    @Test
    void aBodyThatIsStillComingCannotBeSentTwice() {
        mesh.bodiesAreComplete = false;
        mesh.endpoint("a", attempt -> {}).endpoint("b", attempt -> {}).policy(hedged(1, PLENTY));

        mesh.send("PUT", new Fields());
        mesh.time.advance(Duration.ofSeconds(1));
        assertThat(mesh.asked()).containsExactly("a");

        mesh.bodiesAreComplete = true;
        mesh.time.advance(DELAY);
        assertThat(mesh.asked()).as("as soon as it is there").containsExactly("a", "b");
    }

    @Test
    void anotherEndpointIsNeeded() {
        mesh.endpoint("a", attempt -> {}).policy(hedged(1, PLENTY));

        mesh.get();
        mesh.time.advance(Duration.ofSeconds(1));

        assertThat(mesh.asked()).containsExactly("a");
        assertThat(mesh.counted().retries()).isEmpty();
    }

    @Test
    void theBudgetOfRetriesApplies() {
        mesh.endpoint("a", attempt -> {}).endpoint("b", attempt -> {}).policy(hedged(1, new RetryPolicy.Budget(0, 2)));

        for (int i = 0; i < 5; i++) {
            mesh.get();
        }
        mesh.time.advance(DELAY);

        assertThat(mesh.attempts).hasSize(7);
        assertThat(mesh.inFlight()).isEqualTo(7);
    }

    @Test
    void asManyAsThePolicyAllowsOneDelayApart() {
        for (String instance : List.of("a", "b", "c", "d")) {
            mesh.endpoint(instance, attempt -> {});
        }
        mesh.policy(hedged(2, PLENTY));

        mesh.get();
        mesh.time.advance(Duration.ofMillis(399));
        assertThat(mesh.asked()).containsExactly("a", "b");
        mesh.time.advance(Duration.ofSeconds(3));

        assertThat(mesh.asked()).containsExactly("a", "b", "c");
    }

    @Test
    void whenTheTimeIsOverAllAreGivenUp() {
        mesh.endpoint("a", attempt -> {}).endpoint("b", attempt -> {}).policy(hedged(1, PLENTY));

        StagedExchange exchange = mesh.get();
        mesh.time.advance(Duration.ofSeconds(6));

        assertThat(exchange.cause()).isEqualTo("timeout");
        assertThat(mesh.attempts).hasSize(2).allMatch(StagedAttempt::isAbandoned);
        assertThat(mesh.inFlight()).isZero();
    }

    @Test
    void whenTheCallerLeavesAllAreGivenUpAndNobodyIsToBlame() {
        mesh.endpoint("a", attempt -> {}).endpoint("b", attempt -> {}).policy(hedged(1, PLENTY));

        StagedExchange exchange = mesh.get();
        mesh.time.advance(Duration.ofMillis(300));
        exchange.leave();

        assertThat(mesh.attempts).hasSize(2).allMatch(StagedAttempt::isAbandoned);
        assertThat(mesh.failures("a") + mesh.failures("b")).isZero();
        assertThat(mesh.inFlight()).isZero();
        assertThat(mesh.time.waiting()).isEmpty();
    }

    @Test
    void aQuantileIsLearntFromTheServicesAnswersAndStaysTrueUnderHedging() {
        // One call in ten takes a second at the endpoint that it comes to first.
        StagedMesh.Behaviour behaviour = attempt -> {
            boolean slow = attempt.head.headers().first("slow") != null && attempt.startNanos % CALL_NANOS == 0;
            attempt.answer(slow ? Duration.ofSeconds(1) : Duration.ofMillis(20), 200);
        };
        mesh.endpoint("a", behaviour).endpoint("b", behaviour);
        mesh.policy(policy(new HedgeDelay.Quantile(80)));

        Duration longest = Duration.ZERO;
        for (int i = 0; i < 3_000; i++) {
            Fields fields = new Fields();
            if (i % 10 == 9) {
                fields.add("slow", "1");
            }
            StagedExchange exchange = mesh.send("GET", fields);
            mesh.time.advance(Duration.ofNanos(CALL_NANOS));
            if (i >= 100 && exchange.took().compareTo(longest) > 0) {
                longest = exchange.took();
            }
        }

        assertThat(longest)
                .as("delay of 20 ms and 6 %% at most, then 20 ms")
                .isBetween(Duration.ofMillis(40), Duration.ofMillis(42));
        assertThat(mesh.counted().retries().get(RetryCondition.HEDGE)).isBetween(280L, 300L);
    }

    @Test
    void anAnswerThatThePolicyNamesTeachesNothing() {
        mesh.endpoint(
                        "a",
                        attempt -> attempt.answer(
                                Duration.ofMillis(mesh.attempts.size() > 100 ? 500 : 1),
                                mesh.attempts.size() > 100 ? 200 : 429))
                .endpoint("b", attempt -> attempt.answer(Duration.ofMillis(1), 429));
        mesh.policy(policy(
                2,
                Set.of(RetryCondition.RETRIABLE_4XX),
                new RetryPolicy.Hedge(new HedgeDelay.Quantile(50), 1),
                PLENTY,
                RetryPolicy.Methods.IDEMPOTENT));
        for (int i = 0; i < 50; i++) {
            assertThat(mesh.get()).satisfies(exchange -> {
                mesh.time.advance(Duration.ofSeconds(1));
                assertThat(exchange.status()).isEqualTo(429);
            });
        }
        assertThat(mesh.attempts).hasSize(100);

        mesh.get();
        mesh.time.advance(Duration.ofMillis(400));

        assertThat(mesh.attempts).as("no time of an answer is known").hasSize(101);
    }

    private static TrafficPolicy hedged(int maxExtra, RetryPolicy.Budget budget) {
        return policy(1, Set.of(), maxExtra, budget, RetryPolicy.Methods.IDEMPOTENT);
    }

    private static TrafficPolicy policy(HedgeDelay after) {
        return policy(1, Set.of(), new RetryPolicy.Hedge(after, 1), PLENTY, RetryPolicy.Methods.IDEMPOTENT);
    }

    private static TrafficPolicy policy(
            int attempts,
            Set<RetryCondition> conditions,
            int maxExtra,
            RetryPolicy.Budget budget,
            RetryPolicy.Methods methods) {
        return policy(
                attempts, conditions, new RetryPolicy.Hedge(new HedgeDelay.Fixed(DELAY), maxExtra), budget, methods);
    }

    private static TrafficPolicy policy(
            int attempts,
            Set<RetryCondition> conditions,
            RetryPolicy.Hedge hedge,
            RetryPolicy.Budget budget,
            RetryPolicy.Methods methods) {
        return new TrafficPolicy(
                StagedMesh.SERVICE,
                Duration.ofSeconds(5),
                BalancingStrategy.ROUND_ROBIN,
                new CircuitBreakerConfig(1_000_000, 1, Duration.ofSeconds(60), 1),
                new RetryPolicy(
                        attempts,
                        Optional.empty(),
                        conditions,
                        new RetryPolicy.Backoff(Duration.ofMillis(1), Duration.ofMillis(1)),
                        budget,
                        methods,
                        Set.of(),
                        Optional.of(hedge)),
                List.of(),
                new Splitting.Unsplit());
    }
}
