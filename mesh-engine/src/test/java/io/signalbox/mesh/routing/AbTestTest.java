package io.signalbox.mesh.routing;

import static io.signalbox.mesh.routing.TestMesh.abTest;
import static io.signalbox.mesh.routing.TestMesh.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.hash.StableHash;
import io.signalbox.mesh.routing.RouteReason.BySplit;
import io.signalbox.mesh.routing.RouteReason.SplitKind;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AbTestTest {

    private static final int USERS = 10_000;

    private final SplittableRandom random = new SplittableRandom(61);

    @ParameterizedTest
    @CsvSource(textBlock = """
        A,  v1
        a,  v1
        B,  v2
        b,  v2
        v1, v1
        V1, v1
        v2, v2
        V2, v2
        """)
    void theValueMayChooseOutrightWhateverTheWeights(String value, String version) {
        for (int weightB : new int[] {0, 50, 100}) {
            RouteDecision.Routed routed = routed(table(abTest(weightB)), value);
            assertThat(routed.version()).isEqualTo(version);
            assertThat(routed.reason()).isEqualTo(new BySplit(SplitKind.AB_CHOICE, BySplit.NO_DRAW));
        }
    }

    @Test
    @DisplayName("A/B assignment is re-rolled: the same value always gets the same version")
    void theSameValueAlwaysGetsTheSameVersion() {
        RouteTable table = table(abTest(50));
        RouteTable restarted = table(abTest(50));
        for (int user = 0; user < 1_000; user++) {
            RouteDecision.Routed first = routed(table, "user-" + user);
            assertThat(routed(table, "user-" + user)).isEqualTo(first);
            assertThat(routed(restarted, "user-" + user).version()).isEqualTo(first.version());
            assertThat(first.reason())
                    .isInstanceOfSatisfying(
                            BySplit.class, by -> assertThat(by.kind()).isEqualTo(SplitKind.AB_HASH));
        }
    }

    @Test
    void raisingTheWeightMovesUsersOneWayOnly() {
        boolean[] before = new boolean[USERS];
        int moved = 0;
        for (int weightB = 0; weightB <= 100; weightB += 5) {
            RouteTable table = table(abTest(weightB));
            for (int user = 0; user < USERS; user++) {
                RouteDecision.Routed routed = routed(table, "user-" + user);
                boolean inB = "v2".equals(routed.version());
                assertThat(((BySplit) routed.reason()).draw() < weightB).isEqualTo(inB);
                assertThat(inB || !before[user])
                        .as("user %d at %d %%", user, weightB)
                        .isTrue();
                moved += inB && !before[user] ? 1 : 0;
                before[user] = inB;
            }
        }

        assertThat(moved).isEqualTo(USERS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"user-%d", "%d", "%08x-0000-4000-8000-000000000000", "ü%d", "%d@example.org"})
    void similarValuesSpreadEvenlyOverEveryLot(String pattern) {
        RouteTable table = table(abTest(50));
        int[] lots = new int[100];
        for (int user = 0; user < USERS; user++) {
            lots[((BySplit) routed(table, pattern.formatted(user)).reason()).draw()]++;
        }
        double expected = USERS / 100.0;
        double chiSquare = IntStream.of(lots)
                .mapToDouble(n -> (n - expected) * (n - expected) / expected)
                .sum();

        // 99 degrees of freedom: the mean is 99, and one fair hash in a million exceeds 178.
        assertThat(chiSquare).isBetween(50.0, 178.0);
    }

    @Test
    void aUsersLotsInTwoServicesAreIndependent() {
        RouteTable catalog = table(abTest(50));
        RouteTable reviews = table("reviews", Optional.empty(), abTest(50));
        int together = 0;
        for (int user = 0; user < USERS; user++) {
            RouteDecision.Routed other = (RouteDecision.Routed)
                    reviews.decide("reviews", TestRequest.get("/").with("X-User", "user-" + user), random);
            together += "v2".equals(other.version())
                            && "v2".equals(routed(catalog, "user-" + user).version())
                    ? 1
                    : 0;
        }

        assertThat(together).isBetween(USERS / 4 - 180, USERS / 4 + 180);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void withoutAValueTheLotIsRandomByWeight(String nothing) {
        RouteTable table = table(abTest(30));
        int inB = 0;
        for (int i = 0; i < USERS; i++) {
            RouteDecision.Routed routed = i % 2 == 0
                    ? (RouteDecision.Routed) table.decide("catalog", TestRequest.get("/"), random)
                    : routed(table, nothing);
            assertThat(((BySplit) routed.reason()).kind()).isEqualTo(SplitKind.AB_RANDOM);
            inB += "v2".equals(routed.version()) ? 1 : 0;
        }

        assertThat(inB).isBetween(USERS * 3 / 10 - 190, USERS * 3 / 10 + 190);
    }

    @Test
    void theHashIsTheSameForEver() {
        // Worked out by another implementation of the same definition.
        assertThat(new long[] {StableHash.of(0, "user-1"), StableHash.of(0, "ü"), StableHash.of(42, "user-1")})
                .containsExactly(0x264807f9144be64fL, 0x5f5f7b2333cec433L, 0x165120006dfaeaecL);
    }

    private RouteDecision.Routed routed(RouteTable table, String user) {
        return (RouteDecision.Routed)
                table.decide("catalog", TestRequest.get("/").with("x-user", user), random);
    }
}
