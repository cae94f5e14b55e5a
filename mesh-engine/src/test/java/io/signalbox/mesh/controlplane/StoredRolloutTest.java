package io.signalbox.mesh.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.canary.Evidence;
import io.signalbox.mesh.canary.Latencies;
import io.signalbox.mesh.canary.Slice;
import io.signalbox.mesh.canary.Window;
import io.signalbox.mesh.canary.rollout.Judge;
import io.signalbox.mesh.canary.rollout.Phase;
import io.signalbox.mesh.canary.rollout.Rollout;
import io.signalbox.mesh.canary.rollout.WebhookCall;
import io.signalbox.mesh.client.RolloutRequest;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.model.SuccessRate;
import io.signalbox.mesh.model.Weight;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StoredRolloutTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final ChangeNote NOTE = new ChangeNote("mira", "lunch");
    private static final Splitting.Canary PLAN = new Splitting.Canary(
            "v1", "v2", new Weight(10), new Weight(10), Duration.ofMinutes(5), Weight.ALL, new SuccessRate(0.99));

    @Test
    void whatIsReadIsWhatWasWrittenInEveryPhase() {
        for (Phase phase : List.<Phase>of(
                new Phase.Queued(),
                new Phase.Running(),
                new Phase.Baking(),
                new Phase.AtGate(Phase.Gate.STEP),
                new Phase.AtGate(Phase.Gate.PROMOTION),
                new Phase.Paused(NOTE, NOW, new Phase.Running()),
                new Phase.Paused(NOTE, NOW, new Phase.Baking()),
                new Phase.Paused(NOTE, NOW, new Phase.AtGate(Phase.Gate.PROMOTION)),
                asking(),
                new Phase.Paused(NOTE, NOW, asking()),
                new Phase.Promoted(NOW, NOTE),
                new Phase.RolledBack(NOW, NOTE),
                new Phase.Withdrawn(NOW, NOTE),
                new Phase.Failed(NOW, NOTE))) {
            RolloutBook.Entry entry = entry(phase, Evidence.none());
            assertThat(again(entry)).isEqualTo(entry);
        }
    }

    @Test
    void theStageIsKeptWithThePlanThatHasIt() {
        RolloutRequest request = new RolloutRequest(
                "v2",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Map.of("X-Beta", "yes"),
                12.5,
                Duration.ofMinutes(3),
                null);
        Splitting.Canary staged = (Splitting.Canary)
                PolicyFormat.read("apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: catalog\n"
                                + "canary: { stable: v1, candidate: v2, stages: [ { mirror: { share: 12.5 } } ] }")
                        .splitting();
        RolloutBook.Entry entry = new RolloutBook.Entry(
                request,
                new Rollout(
                        3,
                        staged,
                        NOTE,
                        NOW,
                        new Phase.Running(),
                        Weight.NONE,
                        1,
                        12,
                        Duration.ofMillis(40_500),
                        Evidence.none()));

        assertThat(again(entry)).isEqualTo(entry);
    }

    @Test
    void theEvidenceSaysTheSameAfterItWasKept() {
        Random random = new Random(7);
        RolloutBook.Entry entry = entry(new Phase.Running(), Evidence.none());
        for (int i = 0; i < 50; i++) {
            Window window = new Window(Duration.ofSeconds(10), slice(random, 500), slice(random, 50));
            Evidence more =
                    entry.rollout().evidence().plus(window, entry.rollout().criteria());
            entry = entry(new Phase.Running(), more);
            RolloutBook.Entry kept = again(entry);
            assertThat(kept).isEqualTo(entry);
            assertThat(Judge.byEvidence().verdict(kept.rollout()))
                    .isEqualTo(Judge.byEvidence().verdict(entry.rollout()));
        }
    }

    @Test
    void evidenceOfAnotherReleaseBeginsAnew() {
        StoredRollout stored = StoredRollout.of("catalog", entry(new Phase.Running(), Evidence.none()));
        String other =
                Json.text(stored).replaceFirst("\"evidence\":\"(?:[^\"\\\\]|\\\\.)*\"", "\"evidence\":\"[1, 2]\"");

        assertThat(Json.read(other, StoredRollout.class).entry().rollout().evidence())
                .isEqualTo(Evidence.none());
    }

    @Test
    void theLastShareIsKeptBesideTheOneOfNow() {
        Rollout stopped = entry(new Phase.RolledBack(NOW, NOTE), Evidence.none())
                .rollout()
                .withLastShare(Optional.of(new Weight(70)));
        RolloutBook.Entry entry = new RolloutBook.Entry(RolloutRequest.of("v2"), stopped);

        assertThat(again(entry).rollout().lastStep()).hasValue(6);
    }

    @Test
    void ofARecordOfAnOlderReleaseTheLastShareIsTheOneOfNowIfItHasAny() {
        String kept = Json.text(StoredRollout.of("catalog", entry(new Phase.Running(), Evidence.none())))
                .replaceFirst(",\"lastShare\":20", "");
        String ended = kept.replaceFirst("\"phase\":\"running\"", "\"phase\":\"rolled-back\"")
                .replaceFirst("\"weight\":20", "\"weight\":0");

        assertThat(kept).doesNotContain("lastShare");
        assertThat(Json.read(kept, StoredRollout.class).entry().rollout().lastShare())
                .contains(new Weight(20));
        assertThat(Json.read(ended, StoredRollout.class).entry().rollout().lastStep())
                .isEmpty();
    }

    private static Phase.Asking asking() {
        return new Phase.Asking(
                Phase.Gate.STEP,
                NOTE,
                NOW,
                List.of(
                        new WebhookCall("ready", WebhookCall.State.AGREED, 1, "answered 200 in 3 ms", NOW),
                        new WebhookCall("report", WebhookCall.State.OPEN, 0, "", NOW)));
    }

    private static RolloutBook.Entry again(RolloutBook.Entry entry) {
        String text = Json.text(StoredRollout.of("catalog", entry));
        return Json.read(text, StoredRollout.class).entry();
    }

    private static RolloutBook.Entry entry(Phase phase, Evidence evidence) {
        return new RolloutBook.Entry(
                RolloutRequest.of("v2"),
                new Rollout(
                        3,
                        PLAN,
                        NOTE,
                        NOW,
                        phase,
                        new Weight(20),
                        Rollout.NO_STAGE,
                        12,
                        Duration.ofMillis(40_500),
                        evidence));
    }

    private static Slice slice(Random random, int most) {
        int requests = 1 + random.nextInt(most);
        Latencies.Counter latency = new Latencies.Counter();
        for (int i = 0; i < requests; i++) {
            latency.add(Math.round(5_000_000 * Math.exp(random.nextGaussian())), 1);
        }
        return new Slice(requests, random.nextInt(1 + requests / 50), latency.total());
    }
}
