package io.signalbox.mesh.balance;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.model.BalancingStrategy;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.LoadBalancing;
import io.signalbox.mesh.time.ManualTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A million random events each, against references that are written to be obvious and not to be fast. */
class BalancerModelTest {

    private static final int EVENTS = 1_000_000;
    private static final long SEED = 20_261_126;

    /** Says whom a balancer should have picked. */
    private interface Reference {
        Endpoint pick(List<Endpoint> candidates, InFlight inFlight);
    }

    @Test
    void roundRobinGivesTheTurnToWhoHadItsLastLongestAgo() {
        Map<String, Integer> last = new HashMap<>();
        int[] turn = {0};

        agree(BalancingStrategy.ROUND_ROBIN, (candidates, inFlight) -> {
            Endpoint longest = candidates.getFirst();
            for (Endpoint candidate : candidates) {
                if (last.getOrDefault(candidate.instanceId(), 0) < last.getOrDefault(longest.instanceId(), 0)) {
                    longest = candidate;
                }
            }
            last.put(longest.instanceId(), ++turn[0]);
            return longest;
        });
    }

    @Test
    void weightedRoundRobinGivesTheTurnToWhoIsOwedMost() {
        Map<String, Integer> owed = new HashMap<>();

        agree(BalancingStrategy.WEIGHTED_ROUND_ROBIN, (candidates, inFlight) -> {
            if (candidates.size() == 1) {
                return candidates.getFirst();
            }
            int sum = 0;
            for (Endpoint candidate : candidates) {
                owed.merge(candidate.instanceId(), candidate.weight(), Integer::sum);
                sum += candidate.weight();
            }
            Endpoint most = candidates.getFirst();
            for (Endpoint candidate : candidates) {
                if (owed.getOrDefault(candidate.instanceId(), 0) > owed.getOrDefault(most.instanceId(), 0)) {
                    most = candidate;
                }
            }
            owed.merge(most.instanceId(), -sum, Integer::sum);
            return most;
        });
    }

    @Test
    void randomDrawsAPlaceInTheList() {
        SplittableRandom draws = new SplittableRandom(SEED);

        agree(
                BalancingStrategy.RANDOM,
                (candidates, inFlight) -> candidates.size() == 1
                        ? candidates.getFirst()
                        : candidates.get(draws.nextInt(candidates.size())));
    }

    @Test
    void leastRequestPicksTheMinimumOfAllOrOfTheTwoThatItDraws() {
        SplittableRandom draws = new SplittableRandom(SEED);

        agree(BalancingStrategy.LEAST_REQUEST, (candidates, inFlight) -> {
            int count = candidates.size();
            if (count > LeastRequest.SCAN_LIMIT) {
                int first = draws.nextInt(count);
                int second = draws.nextInt(count - 1);
                Endpoint one = candidates.get(first);
                Endpoint two = candidates.get(second < first ? second : second + 1);
                return inFlight.of(one) <= inFlight.of(two) ? one : two;
            }
            Endpoint least = candidates.getFirst();
            int equals = 1;
            for (Endpoint candidate : candidates.subList(1, count)) {
                if (inFlight.of(candidate) < inFlight.of(least)) {
                    least = candidate;
                    equals = 1;
                } else if (inFlight.of(candidate) == inFlight.of(least) && draws.nextInt(++equals) == 0) {
                    least = candidate;
                }
            }
            return least;
        });
    }

    @Test
    void peakEwmaPicksTheCheaperOfTheTwoThatItDraws() {
        Fleet fleet = new Fleet(SEED);
        ManualTime time = new ManualTime();
        SplittableRandom draws = new SplittableRandom(SEED);
        Balancer balancer = new PeakEwma(new SplittableRandom(SEED), time, Ramp.NONE);
        Map<String, Double> latencies = new HashMap<>();
        Map<String, Long> times = new HashMap<>();
        int picks = 0;
        int close = 0;
        for (int i = 0; i < EVENTS; i++) {
            switch (fleet.random.nextInt(20)) {
                case 0 -> time.advance(Duration.ofMillis(fleet.random.nextInt(300)));
                case 1, 2, 3, 4 -> fleet.end();
                case 5, 6, 7 -> observe(fleet, balancer, time, latencies, times);
                case 8 -> {
                    if (i % 50 == 0) {
                        fleet.change();
                        balancer.follow(fleet.members);
                        latencies
                                .keySet()
                                .removeIf(id -> fleet.members.stream()
                                        .noneMatch(member -> member.instanceId().equals(id)));
                    }
                }
                default -> {
                    List<Endpoint> candidates = fleet.some();
                    Endpoint picked = balancer.pick(candidates, fleet);
                    Endpoint one = candidates.getFirst();
                    Endpoint two = candidates.getFirst();
                    if (candidates.size() > 1) {
                        int first = draws.nextInt(candidates.size());
                        int second = draws.nextInt(candidates.size() - 1);
                        one = candidates.get(first);
                        two = candidates.get(second < first ? second : second + 1);
                    }
                    double costOfOne = cost(one, fleet, time, latencies, times);
                    double costOfTwo = cost(two, fleet, time, latencies, times);
                    picks++;
                    // What is kept in fewer bits may decide otherwise between costs that are all but equal.
                    if (Math.abs(costOfOne - costOfTwo) < 1e-3 * Math.max(costOfOne, costOfTwo)) {
                        close += !one.equals(two) && costOfOne > 0 ? 1 : 0;
                        assertThat(picked).isIn(one, two);
                    } else if (!Objects.equals(picked, costOfOne <= costOfTwo ? one : two)) {
                        assertThat(picked)
                                .as("event %d: %s against %s", i, costOfOne, costOfTwo)
                                .isSameAs(costOfOne <= costOfTwo ? one : two);
                    }
                    fleet.begin(picked == null ? one : picked);
                }
            }
        }
        assertThat(picks).isGreaterThan(EVENTS / 2);
        assertThat(close).isLessThan(picks / 50);
    }

    @Test
    void aHashedKeyGoesToItsOwnerAndElseToTheBestOfTheOthers() {
        for (BalancingStrategy strategy : List.of(BalancingStrategy.MAGLEV, BalancingStrategy.RING_HASH)) {
            Fleet fleet = new Fleet(SEED);
            Balancer balancer = TestBalancers.balancer(strategy, SEED);
            NaiveTables reference = new NaiveTables(strategy);
            for (int i = 0; i < EVENTS; i++) {
                if (i % 20_000 == 0) {
                    fleet.change();
                    balancer.follow(fleet.members);
                    reference.follow(fleet.members);
                }
                List<Endpoint> candidates = fleet.some();
                long key = fleet.random.nextLong() | 1;
                Endpoint expected = reference.pick(candidates, key);
                Endpoint picked = balancer.pick(candidates, fleet, key);
                if (!Objects.equals(picked, expected)) {
                    assertThat(picked).as("%s, event %d", strategy, i).isSameAs(expected);
                }
            }
        }
    }

    private static void agree(BalancingStrategy strategy, Reference reference) {
        Fleet fleet = new Fleet(SEED);
        Balancer balancer = TestBalancers.balancer(LoadBalancing.plain(strategy), SEED);
        for (int i = 0; i < EVENTS; i++) {
            if (fleet.random.nextInt(2_000) == 0) {
                fleet.change();
            }
            if (fleet.random.nextInt(3) == 0) {
                fleet.end();
            }
            List<Endpoint> candidates = fleet.some();
            Endpoint expected = reference.pick(candidates, fleet);
            Endpoint picked = balancer.pick(candidates, fleet);
            if (!Objects.equals(picked, expected)) {
                assertThat(picked).as("event %d among %s", i, candidates).isSameAs(expected);
            }
            fleet.begin(expected);
        }
    }

    private static void observe(
            Fleet fleet, Balancer balancer, ManualTime time, Map<String, Double> latencies, Map<String, Long> times) {
        Endpoint endpoint = fleet.members.get(fleet.random.nextInt(fleet.members.size()));
        String id = endpoint.instanceId();
        CallWatch watch = Objects.requireNonNull(balancer.watch(endpoint));
        long taken = 1L + fleet.random.nextInt(40_000_000);
        time.advance(Duration.ofNanos(taken));
        Double known = latencies.get(id);
        double left = known == null ? 0 : known * decay(id, time, times);
        if (fleet.random.nextInt(10) == 0) {
            watch.failed();
            latencies.put(id, Math.max((double) taken, known == null ? 1e9 : Math.min(60e9, 2 * known)));
        } else {
            watch.answered();
            latencies.put(id, taken >= left ? taken : left + taken * (1 - decay(id, time, times)));
        }
        times.put(id, time.nanos());
    }

    private static double cost(
            Endpoint endpoint, Fleet fleet, ManualTime time, Map<String, Double> latencies, Map<String, Long> times) {
        Double known = latencies.get(endpoint.instanceId());
        int calls = fleet.of(endpoint);
        return known == null ? 60e9 * calls : known * decay(endpoint.instanceId(), time, times) * (calls + 1);
    }

    private static double decay(String id, ManualTime time, Map<String, Long> times) {
        return Math.exp(-(time.nanos() - times.getOrDefault(id, time.nanos())) / 10e9);
    }
}
