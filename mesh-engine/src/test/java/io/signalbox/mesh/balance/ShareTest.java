package io.signalbox.mesh.balance;

import static io.signalbox.mesh.balance.TestBalancers.balancer;
import static io.signalbox.mesh.balance.TestBalancers.by;
import static io.signalbox.mesh.balance.TestEndpoints.IDLE;
import static io.signalbox.mesh.balance.TestEndpoints.endpoints;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.model.BalancingStrategy;
import io.signalbox.mesh.model.Endpoint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Weights are kept: within the interval that 99.9 % of fair draws stay in, of 100,000. */
class ShareTest {

    private static final int PICKS = 100_000;

    /** Of a normal distribution, 99.9 % lies within so many deviations. */
    private static final double DEVIATIONS = 3.2905;

    private static final Map<String, Integer> WEIGHTS = Map.of("a", 1, "b", 2, "c", 3, "d", 10);

    private final List<Endpoint> four = endpoints("a", "b", "c", "d");

    @Test
    void weightedRoundRobinKeepsWeightsExactly() {
        Balancer balancer = balancer(by(BalancingStrategy.WEIGHTED_ROUND_ROBIN).withWeights(WEIGHTS), 1);

        Map<String, Integer> picks = picks(balancer, four, 16_000);

        assertThat(picks).isEqualTo(Map.of("a", 1_000, "b", 2_000, "c", 3_000, "d", 10_000));
    }

    @Test
    void weightedRoundRobinIsSmooth() {
        Balancer balancer =
                balancer(by(BalancingStrategy.WEIGHTED_ROUND_ROBIN).withWeights(Map.of("a", 5, "b", 1, "c", 1)), 1);
        List<Endpoint> three = endpoints("a", "b", "c");
        StringBuilder order = new StringBuilder();
        for (int i = 0; i < 14; i++) {
            order.append(Objects.requireNonNull(balancer.pick(three, IDLE)).instanceId());
        }

        assertThat(order.toString()).isEqualTo("aabacaaaabacaa");
    }

    @Test
    void weightedRoundRobinKeepsWeightsExactlyUnderEightThreads() throws Exception {
        Balancer balancer = balancer(by(BalancingStrategy.WEIGHTED_ROUND_ROBIN).withWeights(WEIGHTS), 1);
        List<Callable<Map<String, Integer>>> workers = IntStream.range(0, 8)
                .<Callable<Map<String, Integer>>>mapToObj(i -> () -> picks(balancer, four, 20_000))
                .toList();
        Map<String, Integer> total = new HashMap<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Map<String, Integer>> worker : threads.invokeAll(workers)) {
                worker.get().forEach((id, count) -> total.merge(id, count, Integer::sum));
            }
        }

        WEIGHTS.forEach((id, weight) ->
                assertThat(total.getOrDefault(id, 0)).isBetween(weight * 10_000 - 16, weight * 10_000 + 16));
    }

    @Test
    void weightedRoundRobinForgetsWhoHasGone() {
        SmoothRoundRobin balancer = new SmoothRoundRobin(Endpoint::weight, Ramp.NONE);
        picks(balancer, four, 10);

        balancer.follow(endpoints("a", "c"));

        assertThat(balancer.remembered()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"MAGLEV", "IP_HASH"})
    void maglevKeepsWeights(BalancingStrategy strategy) {
        Balancer balancer = balancer(by(strategy).withWeights(WEIGHTS), 3);
        balancer.follow(four);

        assertFair(keyed(balancer, four, 5), WEIGHTS);
    }

    @Test
    void keysWhoseOwnerIsAwayGoToTheOthersByWeight() {
        Balancer balancer = balancer(by(BalancingStrategy.MAGLEV).withWeights(WEIGHTS), 3);

        assertFair(keyed(balancer, four, 7), WEIGHTS);
        assertFair(keyed(balancer, endpoints("a", "b", "c"), 7), Map.of("a", 1, "b", 2, "c", 3));
    }

    @Test
    void aRingKeepsWeightsRoughly() {
        Balancer balancer = balancer(by(BalancingStrategy.RING_HASH).withWeights(WEIGHTS), 3);
        balancer.follow(four);

        Map<String, Integer> picks = keyed(balancer, four, 11);

        WEIGHTS.forEach((id, weight) ->
                assertThat(picks.getOrDefault(id, 0) / (double) PICKS).isBetween(0.5 * weight / 16, 1.5 * weight / 16));
    }

    @Test
    void randomIsFair() {
        assertFair(picks(balancer(BalancingStrategy.RANDOM, 13), four, PICKS), Map.of("a", 1, "b", 1, "c", 1, "d", 1));
    }

    private static Map<String, Integer> keyed(Balancer balancer, List<Endpoint> candidates, long seed) {
        SplittableRandom keys = new SplittableRandom(seed);
        Map<String, Integer> picks = new HashMap<>();
        for (int i = 0; i < PICKS; i++) {
            Endpoint picked = balancer.pick(candidates, IDLE, keys.nextLong());
            picks.merge(Objects.requireNonNull(picked).instanceId(), 1, Integer::sum);
        }
        return picks;
    }

    private static Map<String, Integer> picks(Balancer balancer, List<Endpoint> candidates, int count) {
        Map<String, Integer> picks = new HashMap<>();
        for (int i = 0; i < count; i++) {
            Endpoint picked = balancer.pick(candidates, IDLE);
            picks.merge(Objects.requireNonNull(picked).instanceId(), 1, Integer::sum);
        }
        return picks;
    }

    private static void assertFair(Map<String, Integer> picks, Map<String, Integer> weights) {
        double sum = weights.values().stream().mapToInt(weight -> weight).sum();
        weights.forEach((id, weight) -> {
            double share = weight / sum;
            double margin = DEVIATIONS * Math.sqrt(PICKS * share * (1 - share));
            assertThat((double) picks.getOrDefault(id, 0))
                    .as(id)
                    .isBetween(PICKS * share - margin, PICKS * share + margin);
        });
    }
}
