package io.signalbox.mesh.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.model.MeshConfig;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.routing.RouteReason.BySplit;
import io.signalbox.mesh.routing.RouteReason.SplitKind;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StickinessTest {

    private static final int USERS = 100_000;
    private static final String BY_HEADER = "\nstickiness: { header: X-User-ID }\n";

    private final SplittableRandom random = new SplittableRandom(14);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        split: { v1: 90, v2: 10 }                               | 10
        split: { v1: 50, v2: 50 }                               | 50
        split: { v1: 20, v2: 33, v3: 47 }                       | 33
        split: { v1: 99, v2: 1 }                                | 1
        canary: { stable: v1, candidate: v2, initialWeight: 25 }| 25
        abTest: { versionA: v1, versionB: v2, weightB: 40 }     | 40
        rules: [{ to: { v1: 70, v2: 30 } }]                     | 30
        rules: [{ to: v2, weight: 30 }, { to: v1 }]             | 30
        """)
    void usersSpreadByWeightWithinThe999Interval(String fields, int percent) {
        RouteTable table = TestMesh.written(fields + BY_HEADER);
        int inV2 = 0;
        for (int user = 0; user < USERS; user++) {
            inV2 += "v2".equals(version(table, "user-" + user)) ? 1 : 0;
        }
        double share = percent / 100.0;
        double bound = 3.29 * Math.sqrt(USERS * share * (1 - share));

        assertThat((double) inV2).isBetween(USERS * share - bound, USERS * share + bound);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "split: { v1: 20, v2: 33, v3: 47 }",
                "canary: { stable: v1, candidate: v2, initialWeight: 25 }",
                "abTest: { versionA: v1, versionB: v2 }",
                "rules: [{ to: { v1: 70, v2: 30 } }]",
                "rules: [{ to: v2, weight: 30 }, { to: v1 }]"
            })
    void theSameUserAlwaysGetsTheSameVersion(String fields) {
        RouteTable table = TestMesh.written(fields + BY_HEADER);
        RouteTable restarted = TestMesh.written(fields + BY_HEADER);
        for (int user = 0; user < USERS; user++) {
            String first = version(table, "user-" + user);
            assertThat(version(table, "user-" + user)).isEqualTo(first);
            assertThat(version(restarted, "user-" + user)).isEqualTo(first);
        }
    }

    @Test
    void raisingAWeightOnlyAddsUsersAndLoweringOnlyRemoves() {
        String[] before = new String[20_000];
        int moved = 0;
        for (int percent = 0; percent <= 100; percent += 5) {
            RouteTable table =
                    TestMesh.written("split: { v1: " + (100 - percent) + ", v2: " + percent + " }" + BY_HEADER);
            for (int user = 0; user < before.length; user++) {
                String now = version(table, "user-" + user);
                boolean allowed = before[user] == null || before[user].equals(now) || now.equals("v2");
                assertThat(allowed).as("user %d at %d %%", user, percent).isTrue();
                moved += "v2".equals(now) && "v1".equals(before[user]) ? 1 : 0;
                before[user] = now;
            }
        }

        assertThat(moved).as("at 0 %% nobody has v2, at 100 %% everybody").isEqualTo(before.length);
    }

    @Test
    void ofThreeVersionsOnlyTheOneThatIsRaisedGainsAndOnlyTheOneThatIsLoweredLoses() {
        RouteTable before = TestMesh.written("split: { v1: 60, v2: 10, v3: 30 }" + BY_HEADER);
        RouteTable after = TestMesh.written("split: { v1: 40, v2: 30, v3: 30 }" + BY_HEADER);
        Map<String, Integer> moves = new HashMap<>();
        for (int user = 0; user < 20_000; user++) {
            moves.merge(version(before, "u" + user) + ">" + version(after, "u" + user), 1, Integer::sum);
        }

        assertThat(moves).doesNotContainKeys("v2>v1", "v2>v3", "v3>v1").containsKey("v1>v2");
    }

    @Test
    void aCanaryRampMovesUsersOneWayThoughTheWeightIsStatusAndNotPolicy() {
        TrafficPolicy policy = TestMesh.policy("catalog", "canary: { stable: v1, candidate: v2 }" + BY_HEADER);
        boolean[] before = new boolean[5_000];
        for (int percent = 0; percent <= 100; percent += 10) {
            RouteTable table = RouteTable.of(new MeshConfig(
                    1,
                    Map.of(
                            "catalog",
                            new ServiceConfig(
                                    policy, Optional.of(new Weight(percent)), TestMesh.endpoints("v1", "v2")))));
            for (int user = 0; user < before.length; user++) {
                boolean now = "v2".equals(version(table, "user-" + user));
                assertThat(now || !before[user]).isTrue();
                before[user] = now;
            }
        }
        assertThat(before).doesNotContain(false);
    }

    @Test
    void changingAWeightKeepsTheStickiness() {
        TrafficPolicy policy = TestMesh.policy("catalog", "split: { v1: 60, v2: 40 }" + BY_HEADER);

        assertThat(policy.withSplitting(new Splitting.Weighted(Map.of("v1", Weight.ALL)))
                        .stickiness())
                .isEqualTo(policy.stickiness());
    }

    @Test
    void withoutTheHeaderTheLotIsRandom() {
        RouteTable table = TestMesh.written("split: { v1: 50, v2: 50 }" + BY_HEADER);
        RouteDecision.Routed routed = routed(table, TestRequest.get("/").with("X-User-ID", " "));

        assertThat(((BySplit) routed.reason()).kind()).isEqualTo(SplitKind.WEIGHTED);
        assertThat(routed.newKey()).isNull();
    }

    @Test
    void aKeyThatTravelledDecidesAsTheHeaderWouldAndTheHeaderComesFirst() {
        RouteTable table = TestMesh.written("split: { v1: 50, v2: 50 }" + BY_HEADER);
        RouteTable elsewhere = TestMesh.written("abTest: { versionA: v1, versionB: v2 }" + BY_HEADER);
        for (int user = 0; user < 2_000; user++) {
            TestRequest withHeader = TestRequest.get("/").with("x-user-id", "user-" + user);
            StableKeys keys =
                    StableKeys.parse(elsewhere.keys(withHeader, StableKeys.NONE).toString());
            assertThat(keys.toString()).doesNotContain("user");
            RouteDecision.Routed travelled = (RouteDecision.Routed)
                    table.decide("catalog", TestRequest.get("/"), table.keys(TestRequest.get("/"), keys), random);
            assertThat(travelled.version()).isEqualTo(version(table, "user-" + user));
            assertThat(travelled.reason()).isEqualTo(new BySplit(SplitKind.STICKY, BySplit.NO_DRAW));
            TestRequest other = TestRequest.get("/").with("X-User-ID", "other");
            assertThat(table.keys(other, keys).toString())
                    .isEqualTo(table.keys(other, StableKeys.NONE).toString());
        }
    }

    @ParameterizedTest
    @CsvSource({"A, v1", "a, v1", "B, v2", "b, v2", "v1, v1", "V2, v2"})
    void inAnAbTestTheKeyMayChooseOutrightEvenWhenOnlyItsHashTravelled(String value, String version) {
        for (int weightB : new int[] {0, 50, 100}) {
            RouteTable table =
                    TestMesh.written("abTest: { versionA: v1, versionB: v2, weightB: " + weightB + " }" + BY_HEADER);
            StableKeys keys = table.keys(TestRequest.get("/").with("X-User-ID", value), StableKeys.NONE);
            RouteDecision.Routed routed =
                    (RouteDecision.Routed) table.decide("catalog", TestRequest.get("/"), keys, random);

            assertThat(routed.version()).isEqualTo(version);
            assertThat(routed.reason()).isEqualTo(new BySplit(SplitKind.AB_CHOICE, BySplit.NO_DRAW));
        }
    }

    @Test
    void aCallerWithoutTheCookieIsDrawnAtRandomGivenOneAndKeepsItsVersion() {
        RouteTable table =
                TestMesh.written("split: { v1: 70, v2: 30 }\nstickiness: { cookie: session, path: /shop, ttl: 2h }");
        int inV2 = 0;
        for (int i = 0; i < 20_000; i++) {
            RouteDecision.Routed first = routed(table, TestRequest.get("/"));
            String cookie = Objects.requireNonNull(first.newKey()).cookie();
            assertThat(cookie).matches("session=[0-9a-f]{16}; Path=/shop; Max-Age=7200; HttpOnly");
            String sent = "theme=dark; " + cookie.substring(0, cookie.indexOf(';')) + "; lang=en";
            RouteDecision.Routed again = routed(table, TestRequest.get("/").with("Cookie", sent));
            assertThat(again.version()).isEqualTo(first.version());
            assertThat(again.newKey()).as("it has one already").isNull();
            inV2 += "v2".equals(first.version()) ? 1 : 0;
        }

        assertThat(inV2).isBetween(6_000 - 214, 6_000 + 214);
    }

    @ParameterizedTest
    @ValueSource(strings = {"xsession=a", "session", "session=", "sessions=a", "theme=session=a", ""})
    void whatIsNotTheCookieIsNotTakenForIt(String sent) {
        RouteTable table = TestMesh.written("split: { v1: 70, v2: 30 }\nstickiness: { cookie: session }");

        assertThat(routed(table, TestRequest.get("/").with("Cookie", sent)).newKey())
                .isNotNull();
    }

    private String version(RouteTable table, String user) {
        return Objects.requireNonNull(
                routed(table, TestRequest.get("/").with("X-User-ID", user)).version());
    }

    private RouteDecision.Routed routed(RouteTable table, TestRequest request) {
        return (RouteDecision.Routed) table.decide("catalog", request, random);
    }
}
