package io.signalbox.mesh.proxy.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.explain.Candidate;
import io.signalbox.mesh.explain.Candidate.LeftOut;
import io.signalbox.mesh.explain.HeldHead;
import io.signalbox.mesh.explain.Pool;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.MeshConfig;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.routing.RouteDecision;
import io.signalbox.mesh.routing.RouteTable;
import io.signalbox.mesh.time.ManualTime;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CandidatesTest {

    private static final Candidates.Scores NO_SCORES = new Candidates.Scores(Float.NaN, -1, Float.NaN);

    private final ManualTime time = new ManualTime();
    private final Circuits circuits = new Circuits(_ -> null, time, time, new Random(1));
    private final List<Endpoint> endpoints =
            List.of(endpoint("near-1", "north"), endpoint("near-2", "north"), endpoint("far-1", "south"));

    @Test
    void thoseOfTheZoneThatTheRequestDidNotGoToAreLeftOut() {
        String zoned = "loadBalancing: { strategy: random, zonePreference: { spillBelow: 70 } }";
        assertThat(leftOut(zoned, pick("near-1", Pool.USABLE, "north")))
                .containsExactly(null, null, LeftOut.OTHER_ZONE);
        assertThat(leftOut(zoned, pick("far-1", Pool.USABLE, "north")))
                .containsExactly(LeftOut.OTHER_ZONE, LeftOut.OTHER_ZONE, null);
    }

    @Test
    void zonesMakeNoDifferenceInPanicOrToASidecarWithoutOne() {
        String zoned = "loadBalancing: { strategy: random, zonePreference: { spillBelow: 70 } }";
        assertThat(leftOut(zoned, pick("near-1", Pool.PANIC, "north"))).containsOnlyNulls();
        assertThat(leftOut(zoned, pick("near-1", Pool.USABLE, null))).containsOnlyNulls();
        assertThat(leftOut("timeout: 5s", pick("near-1", Pool.USABLE, "north"))).containsOnlyNulls();
    }

    @Test
    void whatWasTriedIsLeftOutUnlessNothingElseIsLeft() {
        assertThat(leftOut("timeout: 5s", pick("far-1", Pool.USABLE, null, "near-1")))
                .containsExactly(LeftOut.TRIED_BEFORE, null, null);
        assertThat(leftOut("timeout: 5s", pick("near-1", Pool.USABLE, null, "near-1", "far-1")))
                .containsOnlyNulls();
    }

    @Test
    void scoresStandWithThoseThatWereComparedAndWhoSatOutSaysSo() {
        Candidates.Pick plain = pick("near-2", Pool.USABLE, null);
        Candidates.Pick compared = new Candidates.Pick(
                plain.endpoint(),
                plain.pool(),
                0,
                0,
                0,
                new Candidates.Scores(7, 2, Float.POSITIVE_INFINITY),
                null,
                List.of(),
                time.instant());

        List<Candidate> seen = candidates("timeout: 5s").of(compared);

        assertThat(seen).extracting(Candidate::score).containsExactly(null, 7.0, null);
        assertThat(seen).extracting(Candidate::leftOut).containsExactly(null, null, LeftOut.SLOW_START);
    }

    private List<@Nullable LeftOut> leftOut(String policy, Candidates.Pick pick) {
        return candidates(policy).of(pick).stream().map(Candidate::leftOut).toList();
    }

    private Candidates candidates(String policy) {
        ServiceConfig config = ServiceConfig.starting(
                PolicyFormat.read("apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: catalog\n" + policy),
                endpoints);
        RouteTable table = RouteTable.of(new MeshConfig(1, Map.of("catalog", config)));
        HeldHead head = new HeldHead("GET", "/", "catalog", List.of(), HeldHead.Extent.WHOLE);
        return new Candidates((RouteDecision.Routed) table.decide("catalog", head, new Random(1)), circuits);
    }

    private Candidates.Pick pick(String instance, Pool pool, @Nullable String zone, String... tried) {
        return new Candidates.Pick(
                named(instance),
                pool,
                0,
                0,
                0,
                NO_SCORES,
                zone,
                List.of(tried).stream().map(this::named).toList(),
                time.instant());
    }

    private Endpoint named(String instance) {
        return endpoints.stream()
                .filter(endpoint -> endpoint.instanceId().equals(instance))
                .findFirst()
                .orElseThrow();
    }

    private static Endpoint endpoint(String instance, String zone) {
        return new Endpoint("catalog", instance, "v1", "127.0.0.1", 1, Protocol.HTTP, null, 1, zone);
    }
}
