package io.signalbox.mesh.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.explain.DecisionRecord;
import io.signalbox.mesh.explain.HeldHead;
import io.signalbox.mesh.explain.Kept;
import io.signalbox.mesh.explain.Records;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.MeshConfig;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.routing.RouteTable;
import io.signalbox.mesh.routing.StableKeys;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Requests of a time of which sampled ones are still held in part: before half a minute past noon. */
class ThinnedRerunTest {

    private static final Instant WHOLE = Records.NOON.plusSeconds(30);

    private final ServiceConfig none = config("");
    private final List<DecisionRecord> records = new ArrayList<>();

    @Test
    void eachWeighsAsManyAsItStandsFor() {
        add(2, Records.NOON, Map.of("x-a", "b"));
        add(44, WHOLE.plusSeconds(10), Map.of());

        WhatIf answer = rerun("rules: [{ match: { headers: { x-a: b } } , to: v2 }]", 300L, 44L);

        assertThat(answer.earlier()).isEqualTo(new WhatIf.Earlier(WHOLE, 2, 128));
        assertThat(answer.changes()).singleElement().satisfies(change -> {
            assertThat(change.requests()).isEqualTo(2);
            assertThat(change.percentOfAll()).isCloseTo(100 * 256 / 300.0, within(1e-9));
        });
    }

    @Test
    void limitsAreRunOverTheTimeOfWhichAllAreHeldAlone() {
        add(50, Records.NOON, Map.of());
        add(4, WHOLE.plusSeconds(10), Map.of());

        WhatIf answer = rerun("rateLimit: { requests: 1 }", 6_404L, 4L);

        assertThat(answer.changes())
                .filteredOn(change -> change.kind() == Change.Kind.LIMITED)
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.requests()).isBetween(1L, 3L);
                    assertThat(change.percentOfAll()).isBetween(25.0, 75.0);
                });
    }

    @Test
    void whereAllAreHeldNothingIsSaidOfBefore() {
        add(4, WHOLE, Map.of());

        assertThat(Rerun.of(none, none, new Rerun.Sample(records, WHOLE, WHOLE.plusSeconds(30), 4L, 100))
                        .earlier())
                .isNull();
    }

    private WhatIf rerun(String policy, long counted, long countedWhole) {
        return Rerun.of(
                none,
                config(policy),
                new Rerun.Sample(
                        records, Records.NOON, WHOLE, WHOLE.plusSeconds(30), counted, countedWhole, Question.MOST));
    }

    private void add(int count, Instant at, Map<String, String> fields) {
        HeldHead head =
                new HeldHead("GET", "/items/7", "catalog", List.copyOf(fields.entrySet()), HeldHead.Extent.WHOLE);
        RouteTable table = RouteTable.of(new MeshConfig(1, Map.of("catalog", none)), Records.SHOP);
        for (int i = 0; i < count; i++) {
            DecisionRecord record = Records.decided(
                    "r" + records.size(),
                    1,
                    head,
                    StableKeys.NONE,
                    table.decide("catalog", head, StableKeys.NONE, new SplittableRandom(1)));
            records.add(at(record, at));
        }
    }

    @SuppressWarnings("NullAway") // of a nested type it does not see in a class file that it may be null
    private static DecisionRecord at(DecisionRecord record, Instant at) {
        return new DecisionRecord(
                record.trace(),
                record.requestId(),
                at,
                record.durationNanos(),
                record.caller(),
                record.sourceInstance(),
                record.head(),
                record.keys(),
                record.destination(),
                record.revision(),
                record.decision(),
                record.attempts(),
                record.refusedBy(),
                record.status(),
                record.answeredBy(),
                record.cause(),
                Kept.SAMPLED,
                null);
    }

    private static ServiceConfig config(String part) {
        return ServiceConfig.starting(
                PolicyFormat.read("apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: catalog\n" + part),
                List.of(endpoint("v1"), endpoint("v2")));
    }

    private static Endpoint endpoint(String version) {
        return new Endpoint(
                "catalog",
                "catalog-" + version,
                version,
                "127.0.0.1",
                1,
                Protocol.HTTP,
                "spiffe://mesh.example/service/catalog");
    }
}
