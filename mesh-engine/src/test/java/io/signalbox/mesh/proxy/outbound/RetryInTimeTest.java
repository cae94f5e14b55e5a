package io.signalbox.mesh.proxy.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.model.BalancingStrategy;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.model.RetryCondition;
import io.signalbox.mesh.model.RetryPolicy;
import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.model.TrafficPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pauses, budgets and outages, on a clock that the test moves. */
class RetryInTimeTest {

    private static final int WINDOW_SECONDS = 10;

    private final StagedMesh mesh = new StagedMesh();

    @Test
    void theEndpointsPauseIsKept() {
        mesh.endpoint(
                        "a",
                        attempt -> attempt.answer(
                                Duration.ZERO, mesh.attempts.size() == 1 ? 429 : 200, "Retry-After", "2"))
                .policy(policy(Set.of(RetryCondition.RETRIABLE_4XX), RetryPolicy.Budget.DEFAULT));

        StagedExchange exchange = mesh.get();
        mesh.time.advance(Duration.ofMillis(1_999));
        assertThat(mesh.attempts).hasSize(1);
        mesh.time.advance(Duration.ofMillis(30));

        assertThat(exchange.status()).isEqualTo(200);
        assertThat(exchange.took()).isBetween(Duration.ofSeconds(2), Duration.ofMillis(2_025));
        assertThat(mesh.counted().retries()).isEqualTo(Map.of(RetryCondition.RETRIABLE_4XX, 1L));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        6, longer than the time that is left
        12, longer than the policy waits
        """)
    void aPauseThatIsTooLongPassesTheAnswerOn(String seconds, String why) {
        mesh.endpoint("a", attempt -> attempt.answer(Duration.ZERO, 429, "Retry-After", seconds))
                .policy(policy(Set.of(RetryCondition.RETRIABLE_4XX), RetryPolicy.Budget.DEFAULT));

        StagedExchange exchange = mesh.get();

        assertThat(exchange.status()).as(why).isEqualTo(429);
        assertThat(mesh.attempts).hasSize(1);
    }

    @Test
    void aPeerThatCallsTheTryOverFirstIsATimeoutOfTheTry() {
        mesh.secured("a", attempt -> attempt.answer(Duration.ofNanos(99_400_000), 504, "x-signalbox-cause", "timeout"))
                .policy(trying(Duration.ofMillis(100)));

        StagedExchange exchange = mesh.get();
        mesh.time.advance(Duration.ofSeconds(1));

        assertThat(exchange.cause()).isEqualTo("per-try-timeout");
        assertThat(mesh.attempts).hasSize(3).allMatch(StagedAttempt::isAbandoned);
        assertThat(mesh.failures("a")).isEqualTo(3);
    }

    @Test
    void aPeerWhoseOwnTimeIsShorterHasAnswered() {
        mesh.secured("a", attempt -> attempt.answer(Duration.ofMillis(50), 504, "x-signalbox-cause", "timeout"))
                .policy(trying(Duration.ofMillis(100)));

        StagedExchange exchange = mesh.get();
        mesh.time.advance(Duration.ofSeconds(1));

        assertThat(exchange.status()).isEqualTo(504);
        assertThat(exchange.answeredBy()).isEqualTo("a");
        assertThat(mesh.attempts).hasSize(3);
    }

    @Test
    void eachTryOfACallGoesToAnEndpointThatItHasNotTried() {
        for (String instance : List.of("a", "b", "c")) {
            mesh.endpoint(instance, attempt -> attempt.answer(Duration.ZERO, 503));
        }
        mesh.policy(policy(Set.of(RetryCondition.ANY_5XX), new RetryPolicy.Budget(1.0, 1_000)));

        for (int call = 0; call < 50; call++) {
            mesh.get();
            mesh.time.advance(Duration.ofSeconds(1));
            assertThat(new HashSet<>(mesh.asked().subList(3 * call, 3 * call + 3)))
                    .containsExactlyInAnyOrder("a", "b", "c");
        }
    }

    /** A hundred requests a second for a minute, all of which fail: the worst that retries can make of it. */
    @ParameterizedTest
    @CsvSource(textBlock = """
        100, 0.2, 3
        100, 0.0, 3
        100, 0.5, 0
        2,   0.2, 3
        1,   0.1, 1
        """)
    void inAnOutageRetriesAddNoMoreThanTheBudgetAllows(int perSecond, double ratio, int floor) {
        RetryPolicy.Budget budget = new RetryPolicy.Budget(ratio, floor);
        List<Integer> retriesBySecond = outage(perSecond, 60, budget);

        double windowShare = ratio * perSecond * WINDOW_SECONDS;
        for (int from = 0; from + WINDOW_SECONDS <= retriesBySecond.size(); from++) {
            int retries = retriesBySecond.subList(from, from + WINDOW_SECONDS).stream()
                    .mapToInt(Integer::intValue)
                    .sum();
            assertThat((double) retries)
                    .as("ten seconds from %d", from)
                    .isLessThanOrEqualTo(Math.ceil(Math.max(windowShare, floor * WINDOW_SECONDS)));
        }
        int all = retriesBySecond.stream().mapToInt(Integer::intValue).sum();
        double most = Math.min(2.0 * perSecond, Math.max(ratio * perSecond, floor)) * 60;
        assertThat((double) all).as("what is allowed is used").isBetween(0.85 * most, most + floor + 1);
    }

    @Test
    void withoutABudgetTheSameOutageTriplesTheLoad() {
        List<Integer> retries = outage(100, 60, new RetryPolicy.Budget(1.0, 1_000_000));

        assertThat(retries.stream().mapToInt(Integer::intValue).sum()).isEqualTo(2 * 100 * 60);
    }

    /** The retries of each second. The circuits stay closed, so that nothing but the budget is in the way. */
    private List<Integer> outage(int perSecond, int seconds, RetryPolicy.Budget budget) {
        mesh.endpoint("a", attempt -> attempt.answer(Duration.ofMillis(2), 503))
                .endpoint("b", attempt -> attempt.answer(Duration.ofMillis(2), 503))
                .policy(policy(
                        Set.of(RetryCondition.GATEWAY_ERROR),
                        budget,
                        // Each retry falls into the second in which it was paid for.
                        new RetryPolicy.Backoff(Duration.ZERO, Duration.ZERO)));
        List<Integer> retries = new ArrayList<>();
        int requests = 0;
        for (int second = 0; second < seconds; second++) {
            int before = mesh.attempts.size() - requests;
            for (int i = 0; i < perSecond; i++) {
                StagedExchange exchange = mesh.get();
                requests++;
                mesh.time.advance(Duration.ofSeconds(1).dividedBy(perSecond));
                assertThat(exchange.cause()).isEmpty();
            }
            retries.add(mesh.attempts.size() - requests - before);
        }
        mesh.time.advance(Duration.ofSeconds(1));
        return retries;
    }

    private static TrafficPolicy trying(Duration limit) {
        return policy(new RetryPolicy(
                3,
                Optional.of(limit),
                Set.of(RetryCondition.TIMEOUT),
                RetryPolicy.Backoff.DEFAULT,
                RetryPolicy.Budget.DEFAULT,
                RetryPolicy.Methods.IDEMPOTENT));
    }

    private static TrafficPolicy policy(Set<RetryCondition> conditions, RetryPolicy.Budget budget) {
        return policy(conditions, budget, RetryPolicy.Backoff.DEFAULT);
    }

    private static TrafficPolicy policy(
            Set<RetryCondition> conditions, RetryPolicy.Budget budget, RetryPolicy.Backoff backoff) {
        return policy(
                new RetryPolicy(3, Optional.empty(), conditions, backoff, budget, RetryPolicy.Methods.IDEMPOTENT));
    }

    private static TrafficPolicy policy(RetryPolicy retry) {
        return new TrafficPolicy(
                StagedMesh.SERVICE,
                Duration.ofSeconds(5),
                BalancingStrategy.ROUND_ROBIN,
                new CircuitBreakerConfig(1_000_000, 1, Duration.ofSeconds(60), 1),
                retry,
                List.of(),
                new Splitting.Unsplit());
    }
}
