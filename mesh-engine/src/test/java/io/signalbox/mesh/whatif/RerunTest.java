package io.signalbox.mesh.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.explain.AttemptEnd;
import io.signalbox.mesh.explain.AttemptRecord;
import io.signalbox.mesh.explain.DecisionRecord;
import io.signalbox.mesh.explain.ExplainedRequest;
import io.signalbox.mesh.explain.HeldHead;
import io.signalbox.mesh.explain.Kept;
import io.signalbox.mesh.explain.KeptRequest;
import io.signalbox.mesh.explain.Pool;
import io.signalbox.mesh.explain.Records;
import io.signalbox.mesh.explain.RequestLine;
import io.signalbox.mesh.model.AnsweredBy;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.MeshConfig;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.routing.RouteDecision;
import io.signalbox.mesh.routing.RouteTable;
import io.signalbox.mesh.routing.StableKeys;
import io.signalbox.mesh.whatif.Change.Kind;
import io.signalbox.mesh.whatif.WhatIf.Reason;
import io.signalbox.mesh.whatif.WhatIf.Unknown;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RerunTest {

    private static final HeldHead PLAIN = head(Map.of());
    private final ServiceConfig none = config("");
    private int sent;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        timeout: 2s                                                                    | TIMEOUT       | 15s        | 2s
        retry: { maxAttempts: 2 }                                                      | RETRY         | no retries | at most 2 attempts
        rules: [{ match: { pathPrefix: /items }, to: v2 }]                             | VERSION       | v1         | v2
        rules: [{ to: v9 }]                                                            | NO_ENDPOINTS  | v1         | v9
        rules: [{ directResponse: { status: 410 } }]                                   | ANSWER        | any version | answer 410 by rule 1
        authorization: { default: deny }                                               | DENIED        | ""         | the default
        authorization: { rules: [{ name: no-shop, action: deny, match: { sources: [shop] } }] } | DENIED | ""       | rule no-shop
        mirror: { version: v2 }                                                        | MIRRORED      | ""         | v2
        faults: [{ name: slow, delay: { fixed: 1s } }]                                 | FAULT         | ""         | slow
        rules: [{ to: v1, requestHeaders: { set: { x-a: b } } }]                       | EDITS         | ""         | ""
        """)
    void whatIsSureIsExactBothWays(String change, Kind kind, String from, String to) {
        DecisionRecord request = record(none, PLAIN);
        ServiceConfig other = config(change);

        assertThat(changes(none, other, request)).anySatisfy(found -> {
            assertThat(found.kind()).isEqualTo(kind);
            assertThat(found.from()).isEqualTo(from);
            assertThat(found.to()).isEqualTo(to);
            assertThat(found.requests()).isEqualTo(1);
            assertThat(found.certainty()).isEqualTo(Certainty.EXACT);
            assertThat(found.examples()).containsExactly(request.requestId());
        });
        assertThat(changes(other, none, record(other, PLAIN)))
                .isNotEmpty()
                .allSatisfy(found -> assertThat(found.certainty()).isEqualTo(Certainty.EXACT));
        assertThat(changes(other, other, request)).isEmpty();
    }

    @Test
    void aWeightThatIsRaisedMovesTheRequestsWhoseLotsAreBetween() {
        ServiceConfig before = config("canary: { stable: v1, candidate: v2, initialWeight: 10 }");
        ServiceConfig after = config("canary: { stable: v1, candidate: v2, initialWeight: 30 }");
        SplittableRandom random = new SplittableRandom(7);
        List<DecisionRecord> records = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            records.add(record(before, PLAIN, random));
        }
        long moving = records.stream()
                .filter(record -> record.decision() instanceof RouteDecision.Routed routed
                        && routed.reason() instanceof io.signalbox.mesh.routing.RouteReason.BySplit split
                        && split.draw() >= 10
                        && split.draw() < 30)
                .count();

        assertThat(changes(before, after, records.toArray(DecisionRecord[]::new)))
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.kind()).isEqualTo(Kind.VERSION);
                    assertThat(change.from() + change.to()).isEqualTo("v1v2");
                    assertThat(change.requests()).isEqualTo(moving).isGreaterThan(60);
                    assertThat(change.certainty()).isEqualTo(Certainty.EXACT);
                    assertThat(change.examples()).hasSize(Change.MOST_EXAMPLES);
                });
    }

    @Test
    void aLotThatNobodyDrewIsAnEstimate() {
        List<DecisionRecord> records = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            records.add(record(none, PLAIN));
        }

        assertThat(changes(none, config("split: { v1: 75, v2: 25 }"), records.toArray(DecisionRecord[]::new)))
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.requests()).isEqualTo(50);
                    assertThat(change.certainty()).isEqualTo(Certainty.ESTIMATE);
                    assertThat(change.why()).contains("by chance");
                });
    }

    @Test
    void aFaultOfAVersionBefallsWhatGoesThere() {
        String fault = "faults: [{ name: worse, version: v2, share: 40, delay: { fixed: 1s } }]\n";
        DecisionRecord[] records =
                IntStream.range(0, 100).mapToObj(_ -> record(none, PLAIN)).toArray(DecisionRecord[]::new);

        assertThat(changes(none, config(fault), records))
                .extracting(change -> change.kind() + " " + change.requests())
                .containsExactly("FAULT 20");
        assertThat(changes(none, config(fault + "rules: [{ to: v2 }]"), records))
                .extracting(change -> change.kind() + " " + change.requests())
                .contains("FAULT 40");
        assertThat(changes(none, config(fault + "rules: [{ to: v1 }]"), records))
                .isEmpty();
    }

    @Test
    void aShareOfFaultsAndCopiesIsAnEstimate() {
        ServiceConfig other = config(
                "faults: [{ name: slow, share: 40, delay: { fixed: 1s } }]\n" + "mirror: { version: v2, share: 20 }");
        List<DecisionRecord> records = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            records.add(record(none, PLAIN));
        }

        assertThat(changes(none, other, records.toArray(DecisionRecord[]::new)))
                .extracting(change -> change.kind() + " " + change.requests() + " " + change.certainty())
                .containsExactly("FAULT 40 ESTIMATE", "MIRRORED 20 ESTIMATE");
    }

    @Test
    void aHeadThatWasCutIsUnknownOnlyWhereItIsLookedAt() {
        HeldHead cut = new HeldHead("GET", "/items", "catalog", List.of(), HeldHead.Extent.CUT);
        DecisionRecord request = record(none, cut);

        WhatIf byPath = rerun(none, config("rules: [{ match: { pathPrefix: /items }, to: v2 }]"), List.of(request));
        WhatIf byHeader =
                rerun(none, config("rules: [{ match: { headers: { x-user: mira } }, to: v2 }]"), List.of(request));

        assertThat(byPath.evaluated()).isEqualTo(1);
        assertThat(byPath.changes()).hasSize(1);
        assertThat(byHeader.evaluated()).isZero();
        assertThat(byHeader.changes()).isEmpty();
        assertThat(byHeader.unknown()).containsExactly(new Unknown(Reason.HEAD_CUT, 1));
    }

    @Test
    void whatWasOnlyToldIsUnknown() {
        KeptRequest told = new Told(record(none, PLAIN).line());

        WhatIf answer = rerun(none, config("timeout: 2s"), List.of(told));

        assertThat(answer.recorded()).isEqualTo(1);
        assertThat(answer.evaluated()).isZero();
        assertThat(answer.unknown()).containsExactly(new Unknown(Reason.NOT_TOLD, 1));
    }

    @Test
    void whatWasRefusedWhereItArrivedIsAskedAgainThere() {
        ServiceConfig closed = config("authorization: { default: deny }");
        DecisionRecord refused = arrived(record(none, PLAIN));

        assertThat(changes(closed, none, refused)).extracting(Change::kind).containsExactly(Kind.ADMITTED);
        assertThat(changes(closed, closed, refused)).isEmpty();
    }

    @Test
    void aRateLimitRunsOverWhenTheRequestsCame() {
        ServiceConfig other = config("rateLimit: { requests: 1, per: 1s, burst: 2 }");
        List<DecisionRecord> records = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            records.add(at(record(none, PLAIN), Duration.ofMillis(100L * i)));
        }

        assertThat(changes(none, other, records.toArray(DecisionRecord[]::new)))
                .extracting(change -> change.kind() + " " + change.requests() + " " + change.certainty())
                .containsExactly("LIMITED 8 ESTIMATE");
    }

    @Test
    void aCircuitRunsOverHowTheAttemptsEnded() {
        ServiceConfig other = config("circuitBreaker: { failureThreshold: 2 }");
        List<DecisionRecord> records = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            records.add(tried(record(none, PLAIN), Duration.ofMillis(100L * i), 503));
        }
        records.add(tried(record(none, PLAIN), Duration.ofMillis(500), 200));

        assertThat(changes(none, other, records.toArray(DecisionRecord[]::new)))
                .extracting(change -> change.kind() + " " + change.requests() + " " + change.certainty())
                .containsExactly("CIRCUIT_OPEN 3 ESTIMATE");
    }

    @Test
    void whatTookLongerThanItWouldBeGivenIsAnEstimate() {
        DecisionRecord slow = tried(record(none, PLAIN), Duration.ZERO, 200);

        assertThat(changes(none, config("timeout: 20ms"), slow))
                .extracting(change -> change.kind() + " " + change.certainty())
                .containsExactly("TIMEOUT EXACT", "TIMED_OUT ESTIMATE");
    }

    @Test
    void keptRequestsStandForThoseThatWereNot() {
        List<DecisionRecord> records = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            records.add(record(none, PLAIN));
        }
        records.add(tried(record(none, PLAIN), Duration.ZERO, 503));
        Rerun.Sample sample = new Rerun.Sample(records, Records.NOON, Records.NOON.plusSeconds(60), 101L, 100);

        WhatIf answer = Rerun.of(none, config("rules: [{ match: { headers: { x-a: absent } } , to: v2 }]"), sample);
        WhatIf all = Rerun.of(none, config("timeout: 2s"), sample);

        assertThat(answer.recorded()).isEqualTo(11);
        assertThat(answer.troubled()).isEqualTo(1);
        assertThat(answer.counted()).isEqualTo(101);
        assertThat(all.changes()).first().satisfies(change -> {
            assertThat(change.requests()).isEqualTo(11);
            assertThat(change.percentOfAll()).isEqualTo(100);
        });
    }

    @Test
    void theNewestAreTakenAndTheOthersAreSaidToBeLeftOut() {
        List<DecisionRecord> records = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            records.add(at(record(none, PLAIN), Duration.ofSeconds(i)));
        }
        WhatIf answer = Rerun.of(
                none,
                config("timeout: 2s"),
                new Rerun.Sample(records, Records.NOON, Records.NOON.plusSeconds(60), 5L, 2));

        assertThat(answer.recorded()).isEqualTo(2);
        assertThat(answer.passedOver()).isEqualTo(3);
        assertThat(answer.from()).isEqualTo(Records.NOON.plusSeconds(3));
        assertThat(answer.counted()).isNull();
        assertThat(answer.changes().getFirst().examples()).containsExactly("r5", "r4");
    }

    @Test
    void whatIsNotReplayedIsSaid() {
        WhatIf answer = rerun(
                none, config("concurrencyLimit: { maxInFlight: 5 }\nloadBalancing: { strategy: random }"), List.of());

        assertThat(answer.notReplayed()).containsExactly("loadBalancing", "concurrencyLimit");
    }

    @Test
    void tenThousandRequestsTakeLessThanASecond() {
        ServiceConfig before = config("canary: { stable: v1, candidate: v2, initialWeight: 10 }");
        ServiceConfig after = config("""
            rules:
              - { match: { headers: { x-user: { regex: "m.*" } }, pathPrefix: /items }, to: v2 }
              - { match: { pathTemplate: "/items/{id}" }, weight: 50, to: v1 }
            canary: { stable: v1, candidate: v2, initialWeight: 30 }
            rateLimit: { requests: 10 }
            authorization: { default: deny, rules: [{ name: a, action: allow, match: { pathPrefix: /items } }] }
            """);
        SplittableRandom random = new SplittableRandom(3);
        List<DecisionRecord> records = new ArrayList<>();
        for (int i = 0; i < Question.MOST; i++) {
            records.add(at(
                    record(before, head(Map.of("x-user", i % 2 == 0 ? "mira" : "noor")), random),
                    Duration.ofMillis(i)));
        }
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            long start = System.nanoTime();
            assertThat(rerun(before, after, records).evaluated()).isEqualTo(Question.MOST);
            best = Math.min(best, System.nanoTime() - start);
        }
        assertThat(Duration.ofNanos(best)).isLessThan(Duration.ofSeconds(1));
    }

    private static List<Change> changes(ServiceConfig before, ServiceConfig after, DecisionRecord... records) {
        return rerun(before, after, List.of(records)).changes();
    }

    private static WhatIf rerun(ServiceConfig before, ServiceConfig after, List<? extends KeptRequest> records) {
        return Rerun.of(
                before,
                after,
                new Rerun.Sample(records, Records.NOON, Records.NOON.plusSeconds(60), null, Question.MOST));
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

    private static HeldHead head(Map<String, String> fields) {
        return new HeldHead("GET", "/items/7", "catalog", List.copyOf(fields.entrySet()), HeldHead.Extent.WHOLE);
    }

    private DecisionRecord record(ServiceConfig config, HeldHead head) {
        return tried(record(config, head, new SplittableRandom(1)), Duration.ZERO, 0);
    }

    private DecisionRecord record(ServiceConfig config, HeldHead head, SplittableRandom random) {
        RouteTable table = RouteTable.of(new MeshConfig(1, Map.of("catalog", config)), Records.SHOP);
        return Records.decided(
                "r" + ++sent, 1, head, StableKeys.NONE, table.decide("catalog", head, StableKeys.NONE, random));
    }

    private static DecisionRecord at(DecisionRecord record, Duration later) {
        return tried(record, later, 0);
    }

    /** With one attempt at v1 that took 50 ms; a status of 0 is an answer that is not looked at. */
    private static DecisionRecord tried(DecisionRecord record, Duration later, int status) {
        AttemptRecord attempt = new AttemptRecord(
                1,
                endpoint("v1"),
                BreakerState.CLOSED,
                Pool.USABLE,
                null,
                0,
                Duration.ofMillis(50).toNanos(),
                AttemptEnd.ANSWERED,
                status == 0 ? 200 : status,
                null,
                null,
                0,
                List.of(),
                0,
                List.of());
        return copy(
                record, Records.NOON.plus(later), List.of(attempt), status >= 500 ? Kept.FAILED : Kept.SAMPLED, null);
    }

    private static DecisionRecord arrived(DecisionRecord record) {
        return copy(record, record.at(), List.of(), Kept.FAILED, new DecisionRecord.Arrival("catalog-v1", 1, ""));
    }

    @SuppressWarnings("NullAway") // of a nested type it does not see in a class file that it may be null
    private static DecisionRecord copy(
            DecisionRecord record,
            Instant at,
            List<AttemptRecord> attempts,
            Kept kept,
            DecisionRecord.@Nullable Arrival arrival) {
        return new DecisionRecord(
                record.trace(),
                record.requestId(),
                at,
                record.durationNanos(),
                record.caller(),
                arrival == null ? record.sourceInstance() : "",
                record.head(),
                record.keys(),
                record.destination(),
                record.revision(),
                arrival == null ? record.decision() : null,
                attempts,
                record.refusedBy(),
                arrival == null ? record.status() : 403,
                arrival == null ? AnsweredBy.UPSTREAM : AnsweredBy.MESH,
                arrival == null ? null : Cause.ACCESS_DENIED,
                kept,
                arrival);
    }

    /** What a sidecar in another process told. */
    private record Told(RequestLine line) implements KeptRequest {

        @Override
        public ExplainedRequest explain(int depth) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String spanId() {
            return "b7ad6b7169203331";
        }

        @Override
        public @Nullable String parentSpanId() {
            return null;
        }

        @Override
        public Set<String> called() {
            return Set.of();
        }
    }
}
