package io.signalbox.mesh.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.routing.RouteReason.BySplit;
import io.signalbox.mesh.routing.RouteReason.SplitKind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitTest {

    private static final int REQUESTS = 50_000;
    private static final TestRequest REQUEST = TestRequest.get("/");

    private final SplittableRandom random = new SplittableRandom(51);

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 30, 50, 99})
    void aCanaryGetsItsShare(int percent) {
        Map<String, Integer> got = versions(TestMesh.table(TestMesh.canary(percent)));

        assertShare(got.getOrDefault("v2", 0), percent);
        assertThat(got).containsOnlyKeys("v1", "v2");
    }

    @Test
    void zeroAndAHundredPercentAreExact() {
        assertThat(versions(TestMesh.table(TestMesh.canary(0)))).isEqualTo(Map.of("v1", REQUESTS));
        assertThat(versions(TestMesh.table(TestMesh.canary(100)))).isEqualTo(Map.of("v2", REQUESTS));
        assertThat(versions(TestMesh.table(new Splitting.Weighted(weights(0, 100, 0)))))
                .isEqualTo(Map.of("v2", REQUESTS));
    }

    @Test
    void theCandidatesWeightOfNowReplacesTheInitialOne() {
        RouteTable table = TestMesh.table("catalog", Optional.of(new Weight(70)), TestMesh.canary(10));

        assertShare(versions(table).getOrDefault("v2", 0), 70);
    }

    @Test
    void fixedSharesAreKept() {
        Map<String, Integer> got = versions(TestMesh.table(new Splitting.Weighted(weights(20, 30, 50))));

        assertShare(got.getOrDefault("v1", 0), 20);
        assertShare(got.getOrDefault("v2", 0), 30);
        assertShare(got.getOrDefault("v3", 0), 50);
    }

    @Test
    void theSharesOfAVersionWithoutEndpointsAreNotSpilled() {
        Map<String, Weight> weights = new LinkedHashMap<>();
        weights.put("v1", new Weight(60));
        weights.put("gone", new Weight(40));
        RouteTable table = TestMesh.table(new Splitting.Weighted(weights));
        int empty = 0;
        for (int i = 0; i < REQUESTS; i++) {
            empty += routed(table).endpoints().isEmpty() ? 1 : 0;
        }

        assertShare(empty, 40);
    }

    @Test
    void theReasonTellsTheLotThatDecides() {
        RouteTable table = TestMesh.table(TestMesh.canary(30));
        for (int i = 0; i < 1_000; i++) {
            RouteDecision.Routed routed = routed(table);
            BySplit reason = (BySplit) routed.reason();
            assertThat(reason.kind()).isEqualTo(SplitKind.CANARY);
            assertThat(routed.version()).isEqualTo(reason.draw() < 30 ? "v2" : "v1");
        }
    }

    @Test
    @DisplayName("the random function does not compile: the same seed draws the same versions, another seed others")
    void drawsAreRepeatable() {
        RouteTable table = TestMesh.table(TestMesh.canary(50));

        assertThat(draws(table, 1)).isEqualTo(draws(table, 1)).isNotEqualTo(draws(table, 2));
    }

    private static String draws(RouteTable table, long seed) {
        SplittableRandom seeded = new SplittableRandom(seed);
        StringBuilder versions = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            versions.append(((RouteDecision.Routed) table.decide("catalog", REQUEST, seeded)).version());
        }
        return versions.toString();
    }

    private static Map<String, Weight> weights(int v1, int v2, int v3) {
        Map<String, Weight> weights = new LinkedHashMap<>();
        weights.put("v1", new Weight(v1));
        weights.put("v2", new Weight(v2));
        weights.put("v3", new Weight(v3));
        return weights;
    }

    /** Within four standard deviations. */
    private static void assertShare(int got, int percent) {
        double share = percent / 100.0;
        double tolerance = 4 * Math.sqrt(REQUESTS * share * (1 - share));
        assertThat((double) got).isBetween(REQUESTS * share - tolerance, REQUESTS * share + tolerance);
    }

    private Map<String, Integer> versions(RouteTable table) {
        Map<String, Integer> versions = new TreeMap<>();
        for (int i = 0; i < REQUESTS; i++) {
            versions.merge(Objects.requireNonNull(routed(table).version()), 1, Integer::sum);
        }
        return versions;
    }

    private RouteDecision.Routed routed(RouteTable table) {
        return (RouteDecision.Routed) table.decide("catalog", REQUEST, random);
    }
}
