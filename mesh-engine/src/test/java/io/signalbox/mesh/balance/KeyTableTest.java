package io.signalbox.mesh.balance;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.model.Endpoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How even tables are, and how steady when endpoints come and go. */
class KeyTableTest {

    private static final int KEYS = 100_000;

    @ParameterizedTest
    @ValueSource(ints = {3, 20, 100, 655})
    void maglevsSharesDifferByOnePercentAtMostWhereTheTableIsAHundredTimesTheBackends(int backends) {
        Map<String, Integer> places = places(maglev(backends, i -> true));
        int fewest = places.values().stream().mapToInt(count -> count).min().orElseThrow();
        int most = places.values().stream().mapToInt(count -> count).max().orElseThrow();

        assertThat(places).hasSize(backends);
        assertThat(most - fewest).isLessThanOrEqualTo(1);
        assertThat(most / (double) fewest).isLessThanOrEqualTo(1.01);
    }

    @Test
    void maglevNeedsNoSpareCapacityForAThousandBackendsWhereARingDoes() {
        Map<String, Integer> maglev = places(maglev(1_000, i -> true));
        KeyTable ring = HashRing.of(endpoints(1_000, i -> true), e -> 1);
        Map<String, Integer> keys = new HashMap<>();
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < MaglevTable.SIZE; i++) {
            keys.merge(Objects.requireNonNull(ring.owner(random.nextLong())), 1, Integer::sum);
        }

        assertThat(overprovision(maglev)).isLessThan(0.01);
        assertThat(overprovision(keys)).isGreaterThan(0.25);
    }

    @ParameterizedTest(name = "{1} of {0} fail")
    @CsvSource(textBlock = """
        1000, 1,  0.01
        1000, 5,  0.03
        1000, 20, 0.04
        20,   1,  0.01
        """)
    void maglevMovesFewKeysOfThoseThatStay(int backends, int failed, double most) {
        MaglevTable before = maglev(backends, i -> true);
        MaglevTable after = maglev(backends, i -> i % (backends / failed) != 0);
        int moved = 0;
        int stayed = 0;
        for (int place = 0; place < MaglevTable.SIZE; place++) {
            boolean left = Integer.parseInt(before.at(place).substring(1)) % (backends / failed) == 0;
            stayed += left ? 0 : 1;
            moved += !left && !before.at(place).equals(after.at(place)) ? 1 : 0;
        }
        double share = moved / (double) stayed;

        assertThat(share).isLessThan(most);
    }

    @Test
    void aRingMovesNoKeyOfThoseThatStay() {
        KeyTable before = HashRing.of(endpoints(20, i -> true), e -> 1);
        KeyTable after = HashRing.of(endpoints(20, i -> i != 7), e -> 1);
        SplittableRandom random = new SplittableRandom(9);
        for (int i = 0; i < KEYS; i++) {
            long key = random.nextLong();
            String owner = Objects.requireNonNull(before.owner(key));
            if (!owner.equals("e0007")) {
                assertThat(after.owner(key)).isEqualTo(owner);
            }
        }
    }

    @Test
    void anEndpointThatCannotBeUsedMovesItsOwnKeysAloneAndSpreadsThem() {
        Hashing balancer = new Hashing(Endpoint::weight, MaglevTable::of, new SplittableRandom(1));
        List<Endpoint> all = endpoints(10, i -> true);
        balancer.follow(all);
        Endpoint away = all.get(3);
        List<Endpoint> others = new ArrayList<>(all);
        others.remove(away);
        SplittableRandom random = new SplittableRandom(17);
        Map<String, Integer> taken = new HashMap<>();
        for (int i = 0; i < KEYS; i++) {
            long key = random.nextLong();
            Endpoint before = Objects.requireNonNull(balancer.pick(all, TestEndpoints.IDLE, key));
            Endpoint after = Objects.requireNonNull(balancer.pick(others, TestEndpoints.IDLE, key));
            if (before.equals(away)) {
                taken.merge(after.instanceId(), 1, Integer::sum);
            } else {
                assertThat(after).isSameAs(before);
            }
        }

        assertThat(taken).hasSize(9).allSatisfy((id, count) -> assertThat(count).isBetween(950, 1_270));
    }

    @Test
    void theOrderOfAListAndWhoElseHasTheTableMakeNoDifference() {
        Hashing one = new Hashing(Endpoint::weight, MaglevTable::of, new SplittableRandom(1));
        Hashing other = new Hashing(Endpoint::weight, MaglevTable::of, new SplittableRandom(2));
        List<Endpoint> all = endpoints(12, i -> true);
        List<Endpoint> turned = new ArrayList<>(all);
        turned.sort(Comparator.comparing(Endpoint::instanceId).reversed());
        one.follow(all);
        other.follow(turned);
        SplittableRandom random = new SplittableRandom(19);
        for (int i = 0; i < 10_000; i++) {
            long key = random.nextLong();
            assertThat(one.pick(all, TestEndpoints.IDLE, key)).isSameAs(other.pick(turned, TestEndpoints.IDLE, key));
        }
    }

    @Test
    void aTableOfNobodyOwnsNothing() {
        assertThat(MaglevTable.of(List.of(), e -> 1).owner(5)).isNull();
        assertThat(HashRing.of(List.of(), e -> 1).owner(5)).isNull();
    }

    private static double overprovision(Map<String, Integer> counts) {
        double mean =
                counts.values().stream().mapToInt(count -> count).average().orElseThrow();
        return counts.values().stream().mapToInt(count -> count).max().orElseThrow() / mean - 1;
    }

    private static MaglevTable maglev(int count, IntPredicate there) {
        return MaglevTable.of(endpoints(count, there), e -> 1);
    }

    private static Map<String, Integer> places(MaglevTable table) {
        Map<String, Integer> places = new HashMap<>();
        for (int place = 0; place < MaglevTable.SIZE; place++) {
            places.merge(table.at(place), 1, Integer::sum);
        }
        return places;
    }

    private static List<Endpoint> endpoints(int count, IntPredicate there) {
        return IntStream.range(0, count)
                .filter(there)
                .mapToObj(i -> TestEndpoints.endpoint("e%04d".formatted(i)))
                .toList();
    }
}
