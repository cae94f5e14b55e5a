package io.signalbox.mesh.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.explain.HeldHead;
import io.signalbox.mesh.explain.Records;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.MeshConfig;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.model.status.ShareDifference;
import io.signalbox.mesh.model.status.ShareDifference.Cause;
import io.signalbox.mesh.routing.RouteTable;
import io.signalbox.mesh.routing.StableKeys;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each cause, from what the metrics of a sidecar counted. */
class AskedGotTest {

    private static final String CANARY = TestMesh.CANARY.replace("10}", "20}");

    private final TestMesh mesh = new TestMesh();

    @AfterEach
    void close() {
        mesh.close();
    }

    @Test
    void whatIsAskedAndGotAlikeNeedsNoCause() {
        mesh.put(CANARY);
        mesh.shoppers.calls(80, "catalog", "v1", "catalog-1").calls(20, "catalog", "v2", "catalog-v2-1");

        assertThat(candidate()).isEmpty();
    }

    @Test
    void fewRequestsDifferByChance() {
        mesh.put(CANARY);
        mesh.shoppers.calls(350, "catalog", "v1", "catalog-1").calls(80, "catalog", "v2", "catalog-v2-1");

        assertThat(candidate())
                .containsExactly(new ShareDifference(
                        "v2", Cause.FEW_REQUESTS, 430, "few requests: of 430 such a share comes about by chance"));
    }

    @Test
    void aDifferenceThatChanceDoesNotBringAboutIsNotExplainedAway() {
        mesh.put(CANARY);
        mesh.shoppers.calls(300, "catalog", "v1", "catalog-1").calls(200, "catalog", "v2", "catalog-v2-1");

        assertThat(candidate()).extracting(ShareDifference::cause).containsExactly(Cause.UNEXPLAINED);
    }

    @Test
    void callersThatKeepTheirVersionMoveTheShareByWhatTheyAsk() {
        mesh.put(CANARY + "stickiness: { header: x-user }\n");
        mesh.shoppers.calls(300, "catalog", "v1", "catalog-1").calls(200, "catalog", "v2", "catalog-v2-1");

        assertThat(candidate())
                .containsExactly(new ShareDifference(
                        "v2",
                        Cause.STICKINESS,
                        0,
                        "callers keep their version: the share is one of callers, each with as much as it asks"));
    }

    @Test
    void fewKeysAreCountedWhereRequestsAreKept() {
        mesh.put(CANARY + "stickiness: { header: x-user }\n");
        mesh.shoppers.calls(300, "catalog", "v1", "catalog-1").calls(200, "catalog", "v2", "catalog-v2-1");
        mesh.tick();
        ServiceConfig config = mesh.shoppers.config().services().get("catalog");
        RouteTable table = RouteTable.of(new MeshConfig(1, Map.of("catalog", Objects.requireNonNull(config))));
        for (String user : List.of("mira", "noor", "mira")) {
            HeldHead head =
                    new HeldHead("GET", "/", "catalog", List.of(Map.entry("x-user", user)), HeldHead.Extent.WHOLE);
            StableKeys keys = table.keys(head, StableKeys.NONE);
            mesh.decisions.add(
                    Records.decided(user, 1, head, keys, table.decide("catalog", head, keys, new SplittableRandom(1))));
        }

        assertThat(candidate())
                .containsExactly(new ShareDifference(
                        "v2",
                        Cause.STICKINESS,
                        2,
                        "callers keep their version: the share is one of 2 keys that were seen lately, each with as"
                                + " much as it asks"));
    }

    @Test
    void connectionsThatStayAreChosenOnce() {
        mesh.put(CANARY);
        mesh.shoppers
                .drawnStreams(10, 90, "catalog", "v1", "catalog-1")
                .drawnStreams(10, 90, "catalog", "v2", "catalog-v2-1");

        assertThat(candidate())
                .containsExactly(new ShareDifference(
                        "v2",
                        Cause.LONG_CONNECTIONS,
                        200,
                        "200 of them are connections, whose version is chosen once, when they begin"));
    }

    @Test
    void rulesThatComeFirstMoveTheShareOfAll() {
        mesh.put(CANARY);
        mesh.shoppers
                .calls(80, "catalog", "v1", "catalog-1")
                .calls(20, "catalog", "v2", "catalog-v2-1")
                .ruled(100, "catalog", "v2", "catalog-v2-1");

        assertThat(candidate())
                .containsExactly(new ShareDifference(
                        "v2", Cause.RULES_FIRST, 100, "rules took 100 of 200 requests first, so it got 60.0 % of all"));
    }

    @Test
    void endpointsThatAreLeftOutAnswerLess() {
        mesh.put(CANARY);
        mesh.shoppers
                .calls(800, "catalog", "v1", "catalog-1")
                .calls(50, "catalog", "v2", "catalog-v2-1")
                .refused(150, "catalog", "v2")
                .circuit("catalog", "catalog-v2-1", BreakerState.OPEN, null);

        assertThat(candidate())
                .containsExactly(new ShareDifference(
                        "v2",
                        Cause.EJECTED_ENDPOINTS,
                        1,
                        "1 endpoint of it is left out, so it answered 5.9 % of what was answered"));
    }

    @Test
    void aSidecarThatGoesTakesItsOpenConnectionsAlong() {
        mesh.put(CANARY);
        mesh.shoppers.drawnStreams(0, 90, "catalog", "v2", "catalog-v2-1");
        mesh.tick();
        mesh.controlPlane.detach(mesh.shoppers);
        mesh.after(Duration.ofSeconds(61));

        assertThat(candidate()).isEmpty();
    }

    private List<ShareDifference> candidate() {
        mesh.tick();
        return mesh.split("catalog").differencesOf("v2");
    }
}
