package io.signalbox.mesh.balance;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.model.BalancingStrategy;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.time.ManualTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** One of twenty instances is gray: it answers, and slowly. Simulated on a clock that only the test moves. */
class GrayInstanceTest {

    private static final int INSTANCES = 20;
    private static final int CALLS = 60_000;

    /** The first calls, from which a balancer learns who is slow. */
    private static final int LEARNING = 5_000;

    private static final Duration BETWEEN = Duration.ofMillis(1);
    private static final double USUAL_MILLIS = 10;
    private static final double SLOW_MILLIS = 500;

    @Test
    void peakEwmaCutsTheTailThatRoundRobinGives() {
        double[] roundRobin = latencies(BalancingStrategy.ROUND_ROBIN, Failing.NO);
        double[] leastRequest = latencies(BalancingStrategy.LEAST_REQUEST, Failing.NO);
        double[] peakEwma = latencies(BalancingStrategy.PEAK_EWMA, Failing.NO);
        System.out.printf(
                "one of %d instances slow: p99 round-robin %.1f ms, least-request %.1f ms, peak-ewma %.1f ms (%.0f"
                        + " times less)%n",
                INSTANCES, p99(roundRobin), p99(leastRequest), p99(peakEwma), p99(roundRobin) / p99(peakEwma));

        assertThat(p99(roundRobin)).isGreaterThan(SLOW_MILLIS / 2);
        assertThat(p99(peakEwma)).isLessThan(p99(roundRobin) / 5);
        assertThat(p99(peakEwma)).isLessThan(10 * USUAL_MILLIS);
    }

    @Test
    void anInstanceThatFailsAtOnceDoesNotLookFast() {
        long failures = Arrays.stream(latencies(BalancingStrategy.PEAK_EWMA, Failing.YES))
                .filter(millis -> millis < 0)
                .count();
        long fairShare = (CALLS - LEARNING) / INSTANCES;

        assertThat(failures).isLessThan(fairShare / 20);
    }

    private enum Failing {
        NO,
        YES
    }

    /** In the order of their ends, without the first calls; negative for a failure. */
    private static double[] latencies(BalancingStrategy strategy, Failing failing) {
        ManualTime time = new ManualTime();
        SplittableRandom random = new SplittableRandom(31);
        List<Endpoint> endpoints = TestEndpoints.numbered(INSTANCES);
        Balancer balancer = Balancer.of(TestBalancers.by(strategy), new Arrivals(time), new SplittableRandom(37), time);
        Map<String, Integer> inFlight = new HashMap<>();
        double[] latencies = new double[CALLS];
        int[] ended = {0};
        for (int i = 0; i < CALLS; i++) {
            time.advance(BETWEEN);
            Endpoint picked = Objects.requireNonNull(
                    balancer.pick(endpoints, endpoint -> inFlight.getOrDefault(endpoint.instanceId(), 0)));
            boolean odd = picked.instanceId().equals("e7");
            boolean fails = odd && failing == Failing.YES;
            double millis = fails ? 0.2 : (odd ? SLOW_MILLIS : USUAL_MILLIS) * (0.5 + random.nextDouble());
            CallWatch watch = balancer.watch(picked);
            inFlight.merge(picked.instanceId(), 1, Integer::sum);
            var _ = time.schedule(Duration.ofNanos((long) (millis * 1e6)), () -> {
                inFlight.merge(picked.instanceId(), -1, Integer::sum);
                latencies[ended[0]++] = fails ? -1 : millis;
                if (watch != null && fails) {
                    watch.failed();
                } else if (watch != null) {
                    watch.answered();
                }
            });
        }
        time.advance(Duration.ofSeconds(10));
        return Arrays.copyOfRange(latencies, LEARNING, CALLS);
    }

    private static double p99(double[] latencies) {
        double[] sorted = latencies.clone();
        Arrays.sort(sorted);
        return sorted[(int) (sorted.length * 0.99)];
    }
}
