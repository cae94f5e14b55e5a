package io.signalbox.mesh.proxy.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.model.BalancingStrategy;
import io.signalbox.mesh.model.BreakerScope;
import io.signalbox.mesh.model.BreakerWindow;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.model.HashOn;
import io.signalbox.mesh.model.HedgeDelay;
import io.signalbox.mesh.model.LoadBalancing;
import io.signalbox.mesh.model.OutlierDetection;
import io.signalbox.mesh.model.RateLimit;
import io.signalbox.mesh.model.RetryCondition;
import io.signalbox.mesh.model.RetryPolicy;
import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.proxy.message.Fields;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Retries and hedges beside balancing, circuits, ejection and rate limits, on a clock that the test moves. */
class OtherEndpointTest {

    private static final Duration DELAY = Duration.ofMillis(100);
    private static final CircuitBreakerConfig PATIENT =
            new CircuitBreakerConfig(1_000_000, 1, Duration.ofSeconds(60), 1);
    private static final Set<RetryCondition> FAILURES = Set.of(RetryCondition.ANY_5XX);

    private final StagedMesh mesh = new StagedMesh();

    @ParameterizedTest
    @EnumSource
    void whateverTheBalancerEachRetryGoesToAnEndpointThatTheCallHasNotTried(BalancingStrategy strategy) {
        everywhere(attempt -> attempt.answer(Duration.ofMillis(1), 503));
        mesh.policy(policy(balancing(strategy), PATIENT, retries(FAILURES)));

        for (int call = 0; call < 30; call++) {
            mesh.attempts.clear();
            mesh.send("GET", user(call));
            mesh.time.advance(Duration.ofSeconds(1));
            assertThat(mesh.asked()).containsExactlyInAnyOrder("a", "b", "c");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whateverTheBalancerAHedgeGoesToAnEndpointThatTheCallHasNotTried(BalancingStrategy strategy) {
        everywhere(attempt -> attempt.answer(Duration.ofSeconds(1), 200));
        mesh.policy(policy(balancing(strategy), PATIENT, hedges(2)));

        for (int call = 0; call < 30; call++) {
            mesh.attempts.clear();
            mesh.send("GET", user(call));
            mesh.time.advance(Duration.ofSeconds(2));
            assertThat(mesh.asked()).containsExactlyInAnyOrder("a", "b", "c");
        }
        assertThat(mesh.inFlight()).isZero();
    }

    @Test
    void aRequestKeepsItsOwnEndpointAfterARetryElsewhere() {
        everywhere(attempt -> attempt.answer(Duration.ofMillis(1), mesh.attempts.size() == 1 ? 503 : 200));
        mesh.policy(policy(balancing(BalancingStrategy.MAGLEV), PATIENT, retries(FAILURES)));
        mesh.send("GET", user(1));
        mesh.time.advance(Duration.ofSeconds(1));
        List<String> first = mesh.asked();

        mesh.send("GET", user(1));
        mesh.time.advance(Duration.ofSeconds(1));

        assertThat(first).hasSize(2);
        assertThat(mesh.asked().getLast()).isEqualTo(first.getFirst());
    }

    @Test
    void anEjectedEndpointGetsNoHedge() {
        mesh.endpoint("a", attempt -> attempt.answer(Duration.ofSeconds(1), 200))
                .endpoint("b", attempt -> attempt.answer(Duration.ZERO, 503));
        TrafficPolicy policy = policy(LoadBalancing.DEFAULT, PATIENT, hedges(1));
        OutlierDetection first =
                new OutlierDetection(1, Optional.empty(), Duration.ofMinutes(1), Duration.ofMinutes(1), 0.5);
        mesh.policy(policy.withProtection(policy.protection().withOutliers(first)));

        mesh.get();
        mesh.time.advance(Duration.ofSeconds(2));
        assertThat(mesh.asked()).as("the hedge failed, which ejects b").containsExactly("a", "b");
        mesh.get();
        mesh.time.advance(Duration.ofSeconds(2));

        assertThat(mesh.asked()).containsExactly("a", "b", "a");
        assertThat(mesh.counted().retries()).isEqualTo(Map.of(RetryCondition.HEDGE, 1L));
    }

    @Test
    void theCircuitOfAServiceSeesEachAttempt() {
        mesh.endpoint("a", attempt -> attempt.answer(Duration.ofMillis(300), 503))
                .endpoint("b", attempt -> attempt.answer(Duration.ofMillis(10), 503));
        CircuitBreakerConfig shared =
                new CircuitBreakerConfig(2, 1, Duration.ofSeconds(60), 1, Optional.empty(), BreakerScope.SERVICE);
        mesh.policy(policy(LoadBalancing.DEFAULT, shared, hedges(1)));

        StagedExchange hedged = mesh.get();
        mesh.time.advance(Duration.ofSeconds(1));
        StagedExchange next = mesh.get();

        assertThat(hedged.status()).isEqualTo(503);
        assertThat(next.cause()).isEqualTo("breaker-open");
        assertThat(mesh.attempts).hasSize(2);
    }

    @Test
    void anAttemptThatIsTriedAgainForAStatusOfGrpcCountsAsAFailureWhereThoseCount() {
        mesh.endpoint("a", attempt -> attempt.answer(Duration.ZERO, 200, "grpc-status", "14"))
                .endpoint("b", attempt -> attempt.answer(Duration.ZERO, 200));
        CircuitBreakerConfig window = new CircuitBreakerConfig(
                1,
                1,
                Duration.ofSeconds(60),
                1,
                Optional.of(new BreakerWindow(new BreakerWindow.Extent.Calls(10), 1, 0.5, Optional.empty())),
                BreakerScope.ENDPOINT);
        RetryPolicy retry = retries(Set.of(RetryCondition.GRPC_UNAVAILABLE));
        mesh.policy(policy(LoadBalancing.DEFAULT, window, retry));

        for (int call = 0; call < 4; call++) {
            mesh.get();
            mesh.time.advance(Duration.ofMillis(100));
        }

        assertThat(mesh.failures("a")).isEqualTo(1);
        assertThat(mesh.asked()).as("its circuit is open").containsExactly("a", "b", "b", "b", "b");
        assertThat(mesh.counted().retries()).isEqualTo(Map.of(RetryCondition.GRPC_UNAVAILABLE, 1L));
    }

    @Test
    void whatTheOwnLimitRefusesIsNotTriedAgainAndRetriesTakeNoToken() {
        everywhere(attempt -> attempt.answer(Duration.ZERO, 429));
        TrafficPolicy policy = policy(LoadBalancing.DEFAULT, PATIENT, retries(Set.of(RetryCondition.RETRIABLE_4XX)));
        mesh.policy(policy.withProtection(policy.protection().withRateLimit(new RateLimit(2, Duration.ofHours(1), 2))));

        mesh.get();
        mesh.time.advance(Duration.ofSeconds(1));
        mesh.get();
        mesh.time.advance(Duration.ofSeconds(1));
        assertThat(mesh.attempts).as("an endpoint's own 429 is tried again").hasSize(6);
        mesh.counted();
        StagedExchange refused = mesh.get();
        mesh.time.advance(Duration.ofSeconds(10));

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.cause()).isEqualTo("rate-limited");
        assertThat(mesh.attempts).hasSize(6);
        assertThat(mesh.counted().retries()).isEmpty();
        assertThat(mesh.time.waiting()).isEmpty();
    }

    private void everywhere(StagedMesh.Behaviour behaviour) {
        for (String instance : List.of("a", "b", "c")) {
            mesh.endpoint(instance, behaviour);
        }
    }

    private static Fields user(int number) {
        Fields fields = new Fields();
        fields.add("X-User", "user-" + number);
        return fields;
    }

    private static LoadBalancing balancing(BalancingStrategy strategy) {
        return switch (strategy) {
            case RING_HASH, MAGLEV -> LoadBalancing.hashing(strategy, new HashOn.Header("X-User"));
            case ROUND_ROBIN, WEIGHTED_ROUND_ROBIN, RANDOM, LEAST_REQUEST, PEAK_EWMA, IP_HASH ->
                LoadBalancing.plain(strategy).withPanicThreshold(50);
        };
    }

    private static RetryPolicy retries(Set<RetryCondition> conditions) {
        return retry(3, conditions, Optional.empty());
    }

    private static RetryPolicy hedges(int extra) {
        return retry(1, Set.of(), Optional.of(new RetryPolicy.Hedge(new HedgeDelay.Fixed(DELAY), extra)));
    }

    private static RetryPolicy retry(int attempts, Set<RetryCondition> conditions, Optional<RetryPolicy.Hedge> hedge) {
        return new RetryPolicy(
                attempts,
                Optional.empty(),
                conditions,
                new RetryPolicy.Backoff(Duration.ZERO, Duration.ZERO),
                new RetryPolicy.Budget(1.0, 1_000),
                RetryPolicy.Methods.IDEMPOTENT,
                Set.of(),
                hedge);
    }

    private static TrafficPolicy policy(LoadBalancing balancing, CircuitBreakerConfig breaker, RetryPolicy retry) {
        return new TrafficPolicy(
                StagedMesh.SERVICE,
                Duration.ofSeconds(5),
                balancing,
                breaker,
                retry,
                List.of(),
                new Splitting.Unsplit());
    }
}
