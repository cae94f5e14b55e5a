package io.signalbox.mesh.canary.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.canary.Latencies;
import io.signalbox.mesh.canary.Slice;
import io.signalbox.mesh.canary.Verdict;
import io.signalbox.mesh.canary.Window;
import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.model.Weight;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A rollout that moves all requests in one step, and keeps the old version for a while. */
class BlueGreenTest {

    private static final ChangeNote MIRA = new ChangeNote("mira", "looks good");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Slice NOBODY = Slice.NONE;

    private final RolloutMachine machine = new RolloutMachine(Judge.byEvidence());

    @Test
    void theCandidateIsPreviewedThenGetsAllRequestsInOneStep() {
        Rollout preview = begun();
        assertThat(preview.weight()).isEqualTo(Weight.NONE);
        assertThat(preview.sight()).isEqualTo(Sight.CHOSEN_CALLS);

        RolloutMachine.Move move = look(preview, 60, slice(500, 0), slice(40, 0));

        assertThat(move.after().weight()).isEqualTo(Weight.ALL);
        assertThat(move.after().phase()).isEqualTo(new Phase.Baking());
        assertThat(move.after().delay()).isEqualTo(Duration.ofMinutes(10));
        assertThat(move.after().sight()).isEqualTo(Sight.ALL_CALLS);
        assertThat(move.effect()).isInstanceOfSatisfying(Effect.Share.class, share -> {
            assertThat(share.weight()).isEqualTo(Weight.ALL);
            assertThat(share.note().reason()).startsWith("rollout 1, step 1 of 1: ");
        });
    }

    @Test
    void aPreviewThatNobodyVisitsNeverSwitches() {
        assertThat(look(begun(), 100_000, slice(500, 0), NOBODY).after().weight())
                .isEqualTo(Weight.NONE);
    }

    @Test
    void theOldVersionIsKeptAndAfterThatTheCandidateIsPromoted() {
        Rollout kept = switched();
        Rollout stillKept = look(kept, 599, NOBODY, slice(1_000, 2)).after();
        assertThat(stillKept.phase()).isEqualTo(new Phase.Baking());
        assertThat(look(stillKept, 1, NOBODY, slice(1_000, 2)).after().phase()).isInstanceOf(Phase.Promoted.class);
    }

    @Test
    void itIsSwitchedBackAtOnceWhenTheEvidenceTurns() {
        RolloutMachine.Move move = look(switched(), 10, NOBODY, slice(200, 12));

        assertThat(move.after().phase()).isInstanceOf(Phase.RolledBack.class);
        assertThat(move.effect())
                .isInstanceOfSatisfying(
                        Effect.Share.class, share -> assertThat(share.weight()).isEqualTo(Weight.NONE));
    }

    @Test
    void withoutARequestAfterTheSwitchItIsNeverPromoted() {
        Rollout idle = look(switched(), 100_000, NOBODY, NOBODY).after();
        assertThat(idle.phase()).isEqualTo(new Phase.Baking());
        assertThat(Judge.byEvidence().verdict(idle)).isInstanceOf(Verdict.NotEnough.class);
    }

    private Rollout switched() {
        return look(begun(), 60, slice(500, 0), slice(40, 0)).after();
    }

    private RolloutMachine.Move look(Rollout rollout, int seconds, Slice stable, Slice candidate) {
        Window window = new Window(Duration.ofSeconds(seconds), stable, candidate);
        return machine.on(rollout, new RolloutEvent.Looked(window), NOW);
    }

    private static Slice slice(long requests, long failures) {
        return new Slice(requests, failures, Latencies.NONE);
    }

    private Rollout begun() {
        Splitting.Canary plan = (Splitting.Canary) PolicyFormat.read("""
            apiVersion: signalbox.io/v1
            kind: TrafficPolicy
            service: catalog
            canary:
              stable: v1
              candidate: v2
              stages: [ { match: { headers: { X-Preview: "yes" } }, delay: 60s } ]
              blueGreen: { keepFor: 10m }
            """).splitting();
        Rollout queued = Rollout.queued(1, plan, MIRA, NOW);
        return machine.on(queued, new RolloutEvent.Begun(plan), NOW).after();
    }
}
