package io.signalbox.mesh.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.signalbox.mesh.explain.DecisionRecord;
import io.signalbox.mesh.explain.HeldHead;
import io.signalbox.mesh.explain.RandomRouting;
import io.signalbox.mesh.explain.Records;
import io.signalbox.mesh.model.MeshConfig;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.routing.RouteDecision;
import io.signalbox.mesh.routing.RouteTable;
import io.signalbox.mesh.routing.StableKeys;
import io.signalbox.mesh.whatif.Change.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is foretold against what happens: the same requests, with the same lots, under the other policy. */
class RerunAgreesTest {

    private static final long SEED = 6_006;
    private static final int POLICIES = 250;
    private static final int REQUESTS_EACH = 20;
    private static final int COPIES = 10;
    private static final Set<Kind> WAYS = EnumSet.of(Kind.VERSION, Kind.NO_ENDPOINTS, Kind.ANSWER);

    private final RandomRouting made = new RandomRouting(SEED);
    private final SplittableRandom seeds = new SplittableRandom(SEED);

    /** One request, and how to draw for it again. */
    private record Sent(DecisionRecord record, StableKeys travelled, long seed) {}

    @Test
    void thePolicyInForceChangesNothingOfWhatItDecided() {
        for (int i = 0; i < POLICIES; i++) {
            ServiceConfig config = made.config();
            List<DecisionRecord> records =
                    send(config, i).stream().map(Sent::record).toList();

            WhatIf same = Rerun.of(config, config, sample(records));

            assertThat(same.changes())
                    .as("seed %d, policy %s", SEED, config.policy())
                    .isEmpty();
            assertThat(same.evaluated()).isEqualTo(REQUESTS_EACH);
        }
    }

    @Test
    void whatIsForetoldForEachRequestIsWhatHappensWhenItIsSentAgain() {
        double foretold = 0;
        long happened = 0;
        long exact = 0;
        long estimates = 0;
        for (int i = 0; i < POLICIES; i++) {
            ServiceConfig inForce = made.config();
            ServiceConfig candidate = made.config();
            RouteTable table = table(candidate, i);
            for (Sent sent : send(inForce, i)) {
                RouteDecision is = again(table, sent);
                String context =
                        "seed " + SEED + ", policy " + i + ": " + sent.record().head() + "\nbefore "
                                + told(inForce) + "\nafter " + told(candidate) + "\nwas "
                                + to(sent.record().decision()) + ", is " + to(is);
                List<Change> changes = ways(inForce, candidate, sent.record());
                List<Change> certain = changes.stream()
                        .filter(change -> change.certainty() == Certainty.EXACT)
                        .toList();
                String to = to(is);
                if (!certain.isEmpty()) {
                    exact++;
                    assertThat(certain)
                            .as(context)
                            .singleElement()
                            .satisfies(change ->
                                    assertThat(change.to()).as(context).isEqualTo(to));
                } else if (changes.isEmpty()) {
                    assertThat(outcome(is))
                            .as(context)
                            .isEqualTo(outcome(sent.record().decision()));
                } else {
                    estimates++;
                    happened += outcome(is).equals(outcome(sent.record().decision())) ? 0 : 1;
                    foretold += chance(inForce, candidate, sent.record());
                    assertThat(changes.stream()
                                    .flatMap(change -> Stream.of(change.from(), change.to()))
                                    .map(RerunAgreesTest::outcome))
                            .as(context)
                            .contains(outcome(is));
                }
            }
        }
        assertThat(exact).isGreaterThan(500);
        assertThat(estimates).isGreaterThan(250);
        assertThat((double) happened)
                .as("of %d", estimates)
                .isCloseTo(foretold, within(5 * Math.sqrt((double) estimates)));
    }

    /** Many copies of one request tell its chance to more than a whole number. */
    private static double chance(ServiceConfig inForce, ServiceConfig candidate, DecisionRecord record) {
        List<DecisionRecord> copies = new ArrayList<>();
        for (int i = 0; i < COPIES; i++) {
            copies.add(record);
        }
        return Rerun.of(inForce, candidate, sample(copies)).changes().stream()
                        .filter(change -> WAYS.contains(change.kind()))
                        .mapToLong(Change::requests)
                        .sum()
                / (double) COPIES;
    }

    private static List<Change> ways(ServiceConfig inForce, ServiceConfig candidate, DecisionRecord record) {
        return Rerun.of(inForce, candidate, sample(List.of(record))).changes().stream()
                .filter(change -> WAYS.contains(change.kind()))
                .toList();
    }

    private static Rerun.Sample sample(List<DecisionRecord> records) {
        return new Rerun.Sample(records, Records.NOON, Records.NOON.plusSeconds(60), null, Question.MOST);
    }

    private List<Sent> send(ServiceConfig config, long revision) {
        RouteTable table = table(config, revision);
        List<Sent> all = new ArrayList<>();
        for (int i = 0; i < REQUESTS_EACH; i++) {
            HeldHead head = made.head();
            StableKeys travelled = made.travelled(table);
            StableKeys keys = table.keys(head, travelled);
            long seed = seeds.nextLong();
            RouteDecision decision = table.decide("catalog", head, keys, new SplittableRandom(seed));
            all.add(new Sent(Records.decided("r" + i, revision, head, keys, decision), travelled, seed));
        }
        return all;
    }

    /** Its caller keeps the key that it was given. */
    private static RouteDecision again(RouteTable table, Sent sent) {
        StableKeys known = sent.record().decision() instanceof RouteDecision.Routed routed && routed.newKey() != null
                ? sent.travelled().with(routed.newKey())
                : sent.travelled();
        HeldHead head = sent.record().head();
        return table.decide("catalog", head, table.keys(head, known), new SplittableRandom(sent.seed()));
    }

    private static RouteTable table(ServiceConfig config, long revision) {
        return RouteTable.of(new MeshConfig(revision, Map.of("catalog", config)), Records.SHOP);
    }

    /** Which rule gives an answer is no difference to whoever asks. */
    private static String outcome(@Nullable RouteDecision decision) {
        return outcome(to(decision));
    }

    private static String outcome(String label) {
        return label.replaceAll(" by rule.*", "");
    }

    private static String told(ServiceConfig config) {
        return config.policy().rules() + " " + config.policy().splitting() + " "
                + config.policy().stickiness();
    }

    private static String to(@Nullable RouteDecision decision) {
        return switch (decision) {
            case RouteDecision.Routed routed -> routed.version() == null ? "any version" : routed.version();
            case RouteDecision.AnsweredHere answered ->
                "answer " + answered.status() + " by rule " + (answered.reason().index() + 1);
            case RouteDecision.UnknownService unknown -> unknown.service();
            case null -> "undecided";
        };
    }
}
