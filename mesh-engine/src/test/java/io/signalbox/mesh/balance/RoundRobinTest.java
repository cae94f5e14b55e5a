package io.signalbox.mesh.balance;

import static io.signalbox.mesh.balance.TestEndpoints.IDLE;
import static io.signalbox.mesh.balance.TestEndpoints.endpoint;
import static io.signalbox.mesh.balance.TestEndpoints.endpoints;
import static io.signalbox.mesh.balance.TestEndpoints.numbered;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.model.Endpoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RoundRobinTest {

    private final RoundRobin balancer = new RoundRobin();

    @Test
    @DisplayName("round robin is the clock modulo n: picks at one instant still go round")
    void roundRobinIsNotTheClockModuloN() {
        List<Endpoint> three = endpoints("a", "b", "c");

        assertThat(ids(three, 9)).isEqualTo("abcabcabc");
    }

    @Test
    void anEmptyListGivesNothing() {
        assertThat(balancer.pick(List.of(), IDLE)).isNull();
    }

    @Test
    void theOrderOfTheListDoesNotDisturbTheRotation() {
        List<Endpoint> four = new ArrayList<>(endpoints("a", "b", "c", "d"));
        Map<String, Integer> picks = new TreeMap<>();
        RandomGenerator random = new SplittableRandom(7);
        for (int i = 0; i < 400; i++) {
            Collections.shuffle(four, Random.from(random));
            picks.merge(pick(four), 1, Integer::sum);
        }

        assertThat(picks).isEqualTo(Map.of("a", 100, "b", 100, "c", 100, "d", 100));
    }

    @Test
    void theRotationGoesOnWhenAnEndpointLeaves() {
        assertThat(ids(endpoints("a", "b", "c"), 4)).isEqualTo("abca");

        assertThat(ids(endpoints("a", "c"), 4)).isEqualTo("caca");
    }

    @Test
    void anEndpointThatJoinsGetsOneTurnSoonAndThenItsShare() {
        assertThat(ids(endpoints("a", "b"), 100)).hasSize(100);

        assertThat(ids(endpoints("a", "b", "c"), 9)).isEqualTo("cabcabcab");
    }

    @Test
    void anEndpointThatComesBackIsNotFlooded() {
        assertThat(ids(endpoints("a", "b", "c"), 3)).isEqualTo("abc");
        assertThat(ids(endpoints("a", "c"), 50)).hasSize(50);

        assertThat(ids(endpoints("a", "b", "c"), 6)).isEqualTo("bacbac");
    }

    @Test
    void aRetryOnTheOthersDoesNotStarveAnyone() {
        List<Endpoint> four = endpoints("a", "b", "c", "d");
        Map<String, Integer> picks = new TreeMap<>();
        for (int i = 0; i < 200; i++) {
            String first = pick(four);
            picks.merge(first, 1, Integer::sum);
            List<Endpoint> others =
                    four.stream().filter(e -> !e.instanceId().equals(first)).toList();
            picks.merge(pick(others), 1, Integer::sum);
        }

        assertThat(picks).isEqualTo(Map.of("a", 100, "b", 100, "c", 100, "d", 100));
    }

    @Test
    void interleavedVersionsEachKeepTheirOwnRotation() {
        StringBuilder one = new StringBuilder();
        StringBuilder two = new StringBuilder();
        for (int i = 0; i < 6; i++) {
            one.append(pick(endpoints("a", "b")));
            two.append(pick(endpoints("x", "y", "z")));
        }

        assertThat(one.toString()).isEqualTo("ababab");
        assertThat(two.toString()).isEqualTo("xyzxyz");
    }

    @Test
    void simultaneousPicksNeverShareATurn() throws Exception {
        List<Endpoint> five = numbered(5);
        List<Callable<Map<String, Long>>> workers = Collections.nCopies(
                8,
                () -> IntStream.range(0, 5_000)
                        .mapToObj(i -> pick(five))
                        .collect(Collectors.groupingBy(id -> id, Collectors.counting())));
        Map<String, Long> total = new TreeMap<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Map<String, Long>> worker : threads.invokeAll(workers)) {
                worker.get().forEach((id, count) -> total.merge(id, count, Long::sum));
            }
        }

        assertThat(total.values())
                .hasSize(5)
                .allSatisfy(count -> assertThat(count).isBetween(7_990L, 8_010L));
    }

    @Test
    void churnDoesNotFillTheMemory() {
        for (int i = 0; i < 20_000; i++) {
            assertThat(pick(List.of(endpoint("gone-" + i)))).isEqualTo("gone-" + i);
        }

        assertThat(balancer.remembered()).isLessThanOrEqualTo(4096);
    }

    private String ids(List<Endpoint> candidates, int picks) {
        return IntStream.range(0, picks).mapToObj(i -> pick(candidates)).collect(Collectors.joining());
    }

    private String pick(List<Endpoint> candidates) {
        return Objects.requireNonNull(balancer.pick(candidates, IDLE)).instanceId();
    }
}
