package io.signalbox.mesh.proxy.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.explain.DecisionRecord;
import io.signalbox.mesh.explain.RequestFilter;
import io.signalbox.mesh.metrics.LimitReading;
import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.model.ConcurrencyLimit;
import io.signalbox.mesh.model.HedgeDelay;
import io.signalbox.mesh.model.Protection;
import io.signalbox.mesh.model.RetryCondition;
import io.signalbox.mesh.model.RetryPolicy;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.proxy.message.Fields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a concurrency limit does to calls, on a clock that the test moves; an answer takes 100 ms. */
class ConcurrencyLimitTest {

    private static final Duration NOW = Duration.ZERO;
    private static final Duration MS = Duration.ofMillis(1);
    private static final Duration ANSWER = Duration.ofMillis(100);

    private final StagedMesh mesh = new StagedMesh();

    @BeforeEach
    void begin() {
        mesh.endpoint("a", attempt -> attempt.answer(ANSWER, 200))
                .endpoint("b", attempt -> attempt.answer(ANSWER, 200));
    }

    @Test
    void moreAtOnceThanTheLimitWaitInTheOrderOfComing() {
        mesh.policy(policy(limit(1, 2, Duration.ofSeconds(1))));
        StagedExchange first = mesh.get();
        StagedExchange second = mesh.get();
        StagedExchange third = mesh.get();
        assertThat(mesh.attempts).hasSize(1);
        assertThat(reading()).isEqualTo(new LimitReading(StagedMesh.SERVICE, 1, 1, 2, 0));

        mesh.time.advance(Duration.ofSeconds(1));

        assertThat(List.of(first.status(), second.status(), third.status())).containsOnly(200);
        assertThat(List.of(first.took(), second.took(), third.took()))
                .containsExactly(ANSWER, ANSWER.multipliedBy(2), ANSWER.multipliedBy(3));
        assertThat(reading()).isEqualTo(new LimitReading(StagedMesh.SERVICE, 1, 0, 0, 0));
        assertThat(mesh.time.waiting()).as("no timer is left").isEmpty();
    }

    @Test
    void whatFindsTheQueueFullIsRefusedAtOnce() {
        mesh.policy(policy(limit(1, 1, Duration.ofSeconds(1))));
        mesh.get();
        mesh.get();
        StagedExchange refused = mesh.get();

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.cause()).isEqualTo("overloaded");
        assertThat(refused.took()).isZero();
        assertThat(reading()).isEqualTo(new LimitReading(StagedMesh.SERVICE, 1, 1, 1, 1));
        DecisionRecord told = mesh.decisions.newest(RequestFilter.ALL, 1).getFirst();
        assertThat(told.cause()).isEqualTo(Cause.OVERLOADED);
        assertThat(told.attempts()).isEmpty();
    }

    @Test
    void whatWaitsTooLongIsRefusedAndLeavesTheQueue() {
        mesh.policy(policy(limit(1, 1, Duration.ofMillis(30))));
        mesh.get();
        StagedExchange waiting = mesh.get();
        mesh.time.advance(Duration.ofMillis(30));

        assertThat(waiting.cause()).isEqualTo("overloaded");
        assertThat(waiting.took()).isEqualTo(Duration.ofMillis(30));
        assertThat(reading()).isEqualTo(new LimitReading(StagedMesh.SERVICE, 1, 1, 0, 1));
        mesh.time.advance(Duration.ofSeconds(1));
        assertThat(mesh.attempts).hasSize(1);
        assertThat(reading().inFlight()).isZero();
    }

    @Test
    void aPlaceThatComesWithTheLastMomentOfWaitingIsTaken() {
        mesh.policy(policy(limit(1, 1, ANSWER)));
        mesh.get();
        StagedExchange waiting = mesh.get();
        mesh.time.advance(ANSWER.multipliedBy(2));

        assertThat(waiting.status()).isEqualTo(200);
        assertThat(reading().refused()).isZero();
    }

    @Test
    void waitingCountsTowardsTheTimeout() {
        mesh.policy(policy(limit(1, 1, Duration.ofSeconds(9)), Duration.ofMillis(150), RetryPolicy.OFF));
        mesh.get();
        StagedExchange late = mesh.get();
        StagedExchange refused = mesh.get();
        mesh.time.advance(Duration.ofMillis(150));

        assertThat(refused.cause()).isEqualTo("overloaded");
        assertThat(late.cause()).as("100 ms of 150 it waited").isEqualTo("timeout");
        assertThat(mesh.failures("a") + mesh.failures("b")).isEqualTo(1);
        assertThat(reading().inFlight()).isZero();
    }

    @Test
    void noCallWaitsPastItsTimeout() {
        mesh.endpoint("a", attempt -> {}).endpoint("b", attempt -> {});
        mesh.policy(policy(limit(1, 1, Duration.ofSeconds(9))));
        mesh.get();
        Fields hurried = new Fields();
        hurried.add("grpc-timeout", "500m");
        StagedExchange waiting = mesh.send("GET", hurried);
        mesh.time.advance(Duration.ofSeconds(1));

        assertThat(waiting.cause()).isEqualTo("timeout");
        assertThat(waiting.took())
                .as("a caller that names its time ends the call itself, and has 25 ms for that")
                .isEqualTo(Duration.ofMillis(525));
        assertThat(reading()).isEqualTo(new LimitReading(StagedMesh.SERVICE, 1, 1, 0, 0));
        assertThat(mesh.attempts).hasSize(1);
    }

    @Test
    void aCallerThatLeavesGivesItsPlaceToTheNext() {
        mesh.policy(policy(limit(1, 1, Duration.ofSeconds(1))));
        StagedExchange leaving = mesh.get();
        StagedExchange waiting = mesh.get();
        leaving.leave();
        mesh.time.advance(ANSWER);

        assertThat(waiting.status()).isEqualTo(200);
        assertThat(waiting.took()).isEqualTo(ANSWER);
    }

    @Test
    void aCallerThatLeavesTheQueueMakesRoomInIt() {
        mesh.policy(policy(limit(1, 1, Duration.ofSeconds(1))));
        mesh.get();
        mesh.get().leave();
        StagedExchange next = mesh.get();
        mesh.time.advance(ANSWER.multipliedBy(2));

        assertThat(next.status()).isEqualTo(200);
        assertThat(mesh.attempts).hasSize(2);
    }

    @Test
    void aCallerThatLeavesAtTheMomentItIsServedGivesThePlaceOn() {
        mesh.policy(policy(limit(1, 2, Duration.ofSeconds(1))));
        StagedExchange first = mesh.get();
        StagedExchange leaving = mesh.get();
        StagedExchange last = mesh.get();
        first.leave();
        leaving.leave();
        mesh.time.advance(ANSWER);

        assertThat(last.status()).isEqualTo(200);
        assertThat(reading().inFlight()).isZero();
        assertThat(mesh.attempts).hasSize(2);
    }

    @Test
    void aCallKeepsItsOnePlaceOverRetriesAndTheirPauses() {
        List<Integer> inFlight = new ArrayList<>();
        StagedMesh.Behaviour failing = attempt -> {
            inFlight.add(reading().inFlight());
            attempt.answer(MS, 503);
        };
        mesh.endpoint("a", failing).endpoint("b", failing);
        mesh.policy(policy(limit(1, 1, Duration.ofSeconds(9)), Duration.ofSeconds(5), retries()));
        StagedExchange first = mesh.get();
        StagedExchange second = mesh.get();
        mesh.time.advance(Duration.ofSeconds(5));

        assertThat(inFlight).hasSize(6).containsOnly(1);
        assertThat(second.took()).isGreaterThan(first.took());
        assertThat(reading().inFlight()).isZero();
    }

    @Test
    void aHedgeTakesAPlaceOfItsOwnAndGivesItBackWhenOneHasAnswered() {
        mesh.endpoint("a", attempt -> attempt.answer(Duration.ofSeconds(1), 200))
                .endpoint("b", attempt -> attempt.answer(Duration.ofMillis(10), 200));
        mesh.policy(policy(limit(2, 0, MS), Duration.ofSeconds(5), hedges()));
        StagedExchange slow = mesh.get();
        mesh.time.advance(Duration.ofMillis(20));
        assertThat(mesh.asked()).containsExactly("a", "b");
        assertThat(reading().inFlight()).isEqualTo(2);
        assertThat(mesh.get().cause()).isEqualTo("overloaded");
        mesh.time.advance(Duration.ofMillis(10));

        assertThat(slow.answeredBy()).isEqualTo("b");
        assertThat(reading().inFlight()).isZero();
    }

    @Test
    void withoutAFreePlaceThereIsNoHedge() {
        mesh.endpoint("a", attempt -> attempt.answer(Duration.ofSeconds(1), 200))
                .endpoint("b", attempt -> attempt.answer(Duration.ofMillis(10), 200));
        mesh.policy(policy(limit(1, 1, Duration.ofSeconds(1)), Duration.ofSeconds(5), hedges()));
        StagedExchange slow = mesh.get();
        mesh.time.advance(Duration.ofSeconds(1));

        assertThat(mesh.asked()).containsExactly("a");
        assertThat(slow.answeredBy()).isEqualTo("a");
        assertThat(mesh.counted().retries()).isEmpty();
    }

    @Test
    void aRefusalIsNotTriedAgainAndCostsTheRetryBudgetNothing() {
        mesh.policy(policy(limit(1, 0, MS), Duration.ofSeconds(5), retries()));
        mesh.get();
        StagedExchange refused = mesh.get();
        mesh.time.advance(Duration.ofSeconds(1));

        assertThat(refused.cause()).isEqualTo("overloaded");
        assertThat(mesh.attempts).hasSize(1);
        assertThat(mesh.counted())
                .isEqualTo(new StagedMesh.Counted(Map.of(), Map.of(mesh.asked().getFirst(), 1L, "", 1L)));
    }

    @Test
    void aChangeOfThePolicyKeepsCountingWhoIsUnderWay() {
        mesh.policy(policy(limit(1, 1, Duration.ofSeconds(1))));
        mesh.get();
        StagedExchange waiting = mesh.get();
        mesh.policy(policy(limit(2, 1, Duration.ofSeconds(1))));
        mesh.time.advance(NOW);
        assertThat(mesh.attempts).hasSize(2);
        assertThat(reading()).isEqualTo(new LimitReading(StagedMesh.SERVICE, 2, 2, 0, 0));
        mesh.time.advance(ANSWER);

        assertThat(waiting.took()).isEqualTo(ANSWER);
        mesh.policy(TrafficPolicy.defaults(StagedMesh.SERVICE));
        assertThat(mesh.limits()).isEmpty();
    }

    @Test
    void anAdaptiveLimitGivesWayWhenTheServiceTimesOut() {
        mesh.endpoint("a", attempt -> {}).endpoint("b", attempt -> {});
        ConcurrencyLimit adaptive = limit(100, 0, MS).following(new ConcurrencyLimit.Adaptive(10, 40, 1.5));
        mesh.policy(policy(adaptive, Duration.ofSeconds(1), RetryPolicy.OFF));
        for (int i = 0; i < 20; i++) {
            mesh.get();
        }
        mesh.time.advance(Duration.ofSeconds(1));

        assertThat(reading().limit()).isLessThan(40);
        assertThat(reading().inFlight()).isZero();
    }

    @Test
    void anAdaptiveLimitLearnsFromAnswersAndNotFromErrorsThatComeFast() {
        List<Integer> status = new ArrayList<>(List.of(500));
        StagedMesh.Behaviour answering = attempt -> attempt.answer(ANSWER, status.getFirst());
        mesh.endpoint("a", answering).endpoint("b", answering);
        ConcurrencyLimit adaptive = limit(100, 0, MS).following(new ConcurrencyLimit.Adaptive(10, 20, 1.5));
        mesh.policy(policy(adaptive));
        burst(15);
        assertThat(reading().limit()).isEqualTo(20);

        status.set(0, 200);
        for (int i = 0; i < 5; i++) {
            burst(20);
        }
        assertThat(reading().limit()).isGreaterThan(20);
    }

    private void burst(int calls) {
        for (int i = 0; i < calls; i++) {
            mesh.send("GET", new Fields());
        }
        mesh.time.advance(ANSWER);
    }

    private LimitReading reading() {
        return mesh.limits().getFirst();
    }

    private static ConcurrencyLimit limit(int most, int queue, Duration wait) {
        return new ConcurrencyLimit(most, queue, wait, Optional.empty());
    }

    private static RetryPolicy retries() {
        return new RetryPolicy(
                3,
                Optional.empty(),
                Set.of(RetryCondition.ANY_5XX),
                new RetryPolicy.Backoff(Duration.ofMillis(20), Duration.ofMillis(20)),
                new RetryPolicy.Budget(1.0, 1_000),
                RetryPolicy.Methods.IDEMPOTENT);
    }

    private static RetryPolicy hedges() {
        return new RetryPolicy(
                1,
                Optional.empty(),
                Set.of(),
                RetryPolicy.Backoff.DEFAULT,
                new RetryPolicy.Budget(1.0, 1_000),
                RetryPolicy.Methods.IDEMPOTENT,
                Set.of(),
                Optional.of(new RetryPolicy.Hedge(new HedgeDelay.Fixed(Duration.ofMillis(20)), 1)));
    }

    private static TrafficPolicy policy(ConcurrencyLimit limit) {
        return policy(limit, Duration.ofSeconds(5), RetryPolicy.OFF);
    }

    private static TrafficPolicy policy(ConcurrencyLimit limit, Duration timeout, RetryPolicy retry) {
        TrafficPolicy plain = TrafficPolicy.defaults(StagedMesh.SERVICE);
        return new TrafficPolicy(
                plain.service(),
                timeout,
                plain.balancing(),
                new CircuitBreakerConfig(1_000_000, 1, Duration.ofSeconds(60), 1),
                retry,
                plain.rules(),
                plain.splitting(),
                plain.stickiness(),
                Protection.NONE.withConcurrency(limit));
    }
}
