package io.signalbox.mesh.controlplane;

import static io.signalbox.mesh.controlplane.TestMesh.NOTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.client.RolloutRequest;
import io.signalbox.mesh.client.Rollouts;
import io.signalbox.mesh.event.MeshEvent;
import io.signalbox.mesh.event.RecordedEvent;
import io.signalbox.mesh.model.CanaryStep;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.model.status.RolloutPhase;
import io.signalbox.mesh.model.status.RolloutStatus;
import io.signalbox.mesh.model.status.VerdictStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What every connection to a mesh must do with rollouts, wherever the mesh runs. */
public abstract class RolloutConnectionSuite {

    private static final OptionalLong ANY = OptionalLong.empty();

    protected abstract TestMesh mesh();

    protected abstract MeshConnection connection();

    @Test
    void aRolloutBeginsAndIsToldWithAllItsNumbers() {
        RolloutStatus started = rollouts()
                .start(
                        "catalog",
                        new RolloutRequest("v2", "v1", 5, 45, Duration.ofSeconds(90), 95, 0.98, Duration.ofMinutes(10)),
                        NOTE);

        assertThat(rollouts().list()).containsExactly(started);
        assertThat(rollouts().current("catalog")).contains(started);
        assertThat(started.phase()).isEqualTo(RolloutPhase.RUNNING);
        assertThat(started.steps()).containsExactly(step(5), step(50), step(95));
        assertThat(started.step()).isEqualTo(1);
        assertThat(started.weight()).isEqualTo(new Weight(5));
        assertThat(started.bakeTime()).isEqualTo(Duration.ofMinutes(10));
        assertThat(started.startedBy() + " " + started.reason()).isEqualTo("mira to see");
        assertThat(started.verdict().kind()).isEqualTo(VerdictStatus.Kind.NOT_ENOUGH);
        assertThat(connection().policy("catalog").yaml()).contains("bakeTime: 10m", "successRate: 0.98");
        assertThat(mesh().split("catalog").versions())
                .extracting(share -> share.asked().percent())
                .containsExactly(95, 5);
    }

    @Test
    void itsFirstStagesAreAskedForAndTold() {
        RolloutStatus started = rollouts()
                .start(
                        "catalog",
                        new RolloutRequest(
                                "v2",
                                "v1",
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                Map.of("X-Beta", "yes"),
                                12.5,
                                Duration.ofSeconds(90),
                                Duration.ofMinutes(20)),
                        NOTE);

        assertThat(rollouts().list()).containsExactly(started);
        assertThat(started.kind()).isEqualTo(RolloutStatus.Kind.BLUE_GREEN);
        assertThat(started.bakeTime()).isEqualTo(Duration.ofMinutes(20));
        assertThat(started.weight()).isEqualTo(Weight.NONE);
        assertThat(started.stage()).isEqualTo(1);
        assertThat(started.delay()).isEqualTo(Duration.ofSeconds(90));
        assertThat(started.stages())
                .extracting(stage -> stage.kind() + " " + stage.of())
                .containsExactly("HEADERS X-Beta: yes", "MIRROR 12.5 % of GET, HEAD, OPTIONS");
        assertThat(connection().policy("catalog").yaml()).contains("X-Beta: \"yes\"", "share: 12.5");
    }

    @Test
    void itIsPausedResumedAndPromoted() {
        rollouts().start("catalog", v2(), NOTE);

        RolloutStatus paused = rollouts().pause("catalog", ANY, NOTE);
        assertThat(paused.phase()).isEqualTo(RolloutPhase.PAUSED);
        assertThat(paused.movedBy() + " " + paused.why()).isEqualTo("mira to see");
        assertThat(rollouts().resume("catalog", ANY, NOTE).phase()).isEqualTo(RolloutPhase.RUNNING);
        assertThat(rollouts().promote("catalog", ANY, NOTE).phase()).isEqualTo(RolloutPhase.PROMOTED);

        assertThat(rollouts().history("catalog"))
                .singleElement()
                .satisfies(ended ->
                        assertThat(ended.endedAt()).isEqualTo(mesh().time.instant()));
        assertThat(connection().policy("catalog").yaml()).contains("split:", "v2: 100");
        assertThat(moves()).containsExactly("RUNNING 10 %", "PAUSED 10 %", "RUNNING 10 %", "PROMOTED 100 %");
    }

    @Test
    void aRollbackGivesEverythingBackToTheStableVersion() {
        mesh().put(TestMesh.CANARY);
        rollouts().start("catalog", RolloutRequest.OF_THE_POLICY, NOTE);

        assertThat(rollouts().rollBack("catalog", ANY, NOTE).phase()).isEqualTo(RolloutPhase.ROLLED_BACK);

        assertThat(mesh().split("catalog").versions())
                .extracting(share -> share.asked().percent())
                .containsExactly(100, 0);
    }

    @Test
    void oneThatWaitsIsToldBehindTheOneThatGoesOnAndCanBeWithdrawn() {
        mesh().register("catalog", "catalog-v3-1", "v3");
        rollouts().start("catalog", new RolloutRequest("v2", "v1", null, null, null, null, null, null), NOTE);
        RolloutStatus waiting = rollouts().start("catalog", RolloutRequest.of("v3"), NOTE);

        assertThat(rollouts().of("catalog")).extracting(RolloutStatus::number).containsExactly(1L, 2L);
        assertThat(waiting.phase()).isEqualTo(RolloutPhase.QUEUED);
        assertThat(rollouts().withdraw("catalog", 2, NOTE).phase()).isEqualTo(RolloutPhase.WITHDRAWN);
        assertThat(rollouts().of("catalog")).extracting(RolloutStatus::number).containsExactly(1L);
    }

    @Test
    void aWeightByHandPausesItAtTheNextTick() {
        rollouts().start("catalog", v2(), NOTE);
        connection().setWeights("catalog", Map.of("v2", new Weight(35)), NOTE);

        mesh().tick();

        assertThat(rollouts().current("catalog")).get().satisfies(rollout -> {
            assertThat(rollout.phase()).isEqualTo(RolloutPhase.PAUSED);
            assertThat(rollout.weight()).isEqualTo(new Weight(35));
            assertThat(rollout.why()).isEqualTo("mira set v2 to 35 % (rev 2): to see");
        });
    }

    @Test
    void whatCannotBeIsRefusedForWhatItIs() {
        refused(MeshException.Kind.NOT_FOUND, () -> rollouts().pause("catalog", ANY, NOTE));
        refused(MeshException.Kind.NOT_FOUND, () -> rollouts().start("nobody", v2(), NOTE));
        refused(MeshException.Kind.INVALID, () -> rollouts().start("catalog", RolloutRequest.of("v9"), NOTE));
        rollouts().start("catalog", v2(), NOTE);
        refused(MeshException.Kind.CONFLICT, () -> rollouts().start("catalog", v2(), NOTE));
        refused(MeshException.Kind.CONFLICT, () -> rollouts().resume("catalog", ANY, NOTE));
        refused(MeshException.Kind.NOT_FOUND, () -> rollouts().withdraw("catalog", 9, NOTE));
        rollouts().rollBack("catalog", ANY, NOTE);
        refused(MeshException.Kind.CONFLICT, () -> rollouts().promote("catalog", ANY, NOTE));
    }

    @Test
    void aCommandThatNamesAnotherRolloutIsAConflict() {
        rollouts().start("catalog", v2(), NOTE);

        OptionalLong other = OptionalLong.of(2);
        refused(MeshException.Kind.CONFLICT, () -> rollouts().pause("catalog", other, NOTE));
        refused(MeshException.Kind.CONFLICT, () -> rollouts().resume("catalog", other, NOTE));
        refused(MeshException.Kind.CONFLICT, () -> rollouts().promote("catalog", other, NOTE));
        refused(MeshException.Kind.CONFLICT, () -> rollouts().rollBack("catalog", other, NOTE));
        assertThat(rollouts().promote("catalog", OptionalLong.of(1), NOTE).phase())
                .isEqualTo(RolloutPhase.PROMOTED);
    }

    private List<String> moves() {
        return connection().events(0, 1_000).stream()
                .map(RecordedEvent::event)
                .filter(MeshEvent.RolloutMoved.class::isInstance)
                .map(MeshEvent.RolloutMoved.class::cast)
                .map(moved -> moved.phase() + " " + moved.weight())
                .toList();
    }

    private static void refused(MeshException.Kind kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        MeshException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    private Rollouts rollouts() {
        return connection().rollouts();
    }

    private static RolloutRequest v2() {
        return RolloutRequest.of("v2");
    }

    private static CanaryStep step(int weight) {
        return new CanaryStep(new Weight(weight), Duration.ofSeconds(90), CanaryStep.Gate.NONE);
    }
}
