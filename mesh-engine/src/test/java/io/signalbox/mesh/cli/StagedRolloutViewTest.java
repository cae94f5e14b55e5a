package io.signalbox.mesh.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.model.CanaryStep;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.model.status.RolloutPhase;
import io.signalbox.mesh.model.status.RolloutStage;
import io.signalbox.mesh.model.status.RolloutStatus;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** First stages on the track that the commands draw. */
class StagedRolloutViewTest {

    private static final List<RolloutStage> STAGES = List.of(
            new RolloutStage(RolloutStage.Kind.HEADERS, "X-Beta: yes", Duration.ofMinutes(2), CanaryStep.Gate.MANUAL),
            new RolloutStage(
                    RolloutStage.Kind.MIRROR, "50 % of GET, HEAD", Duration.ofMinutes(2), CanaryStep.Gate.NONE));

    @Test
    void stagesAreStopsBeforeTheShares() {
        assertThat(track(1, RolloutPhase.RUNNING)).isEqualTo("[headers]|--mirror--10--20--30|--100");
        assertThat(track(2, RolloutPhase.RUNNING)).isEqualTo("headers|==[mirror]--10--20--30|--100");
        assertThat(track(null, RolloutPhase.RUNNING)).isEqualTo("headers|==mirror==10==[20]--30|--100");
        assertThat(track(1, RolloutPhase.ROLLED_BACK)).isEqualTo("headers|--mirror--10--20--30|--100");
    }

    @Test
    void whatWasRolledBackShowsWhereItStopped() {
        RolloutStatus inSteps = staged(null, RolloutPhase.ROLLED_BACK, 3);
        RolloutStatus inStages = staged(2, RolloutPhase.ROLLED_BACK, 0);

        assertThat(track(inSteps)).isEqualTo("headers|==mirror==10==20==(30)|--100");
        assertThat(track(inStages)).isEqualTo("headers|==(mirror)--10--20--30|--100");
        assertThat(RolloutView.line(inSteps)).contains("rolled back at step 3 of 4: 40 requests");
        assertThat(RolloutView.line(inStages)).contains("rolled back at stage 2 of 2 (mirror): 40 requests");
        assertThat(RolloutView.picture(inSteps, Fixtures.snapshot())).contains("phase     rolled back at step 3 of 4");
        assertThat(RolloutView.table(List.of(inSteps)).lines().getLast()).contains("step 3 of 4");
    }

    @Test
    void whereAnOlderReleaseDidNotKeepThatNothingIsSaid() {
        RolloutStatus old = staged(null, RolloutPhase.ROLLED_BACK, null);

        assertThat(track(old)).isEqualTo("headers|--mirror--10--20--30|--100");
        assertThat(RolloutView.line(old)).contains("rolled back: 40 requests");
    }

    @Test
    void aLineNamesTheStage() {
        assertThat(RolloutView.line(staged(2, RolloutPhase.RUNNING)))
                .isEqualTo("catalog v1 -> v2 (rollout 3): running at 0 %, stage 2 of 2 (mirror):"
                        + " 40 requests more are needed.");
    }

    @Test
    void thePictureSaysWhichRequestsTheStageIsAbout() {
        assertThat(RolloutView.picture(staged(1, RolloutPhase.RUNNING), Fixtures.snapshot()))
                .contains("stage     headers: X-Beta: yes");
    }

    private static String track(@Nullable Integer stage, RolloutPhase phase) {
        return track(staged(stage, phase));
    }

    private static String track(RolloutStatus rollout) {
        return RolloutView.picture(rollout, Fixtures.snapshot()).stream()
                .filter(line -> line.startsWith("steps     "))
                .map(line -> line.substring("steps     ".length()))
                .findFirst()
                .orElseThrow();
    }

    private static RolloutStatus staged(@Nullable Integer stage, RolloutPhase phase) {
        return staged(stage, phase, null);
    }

    private static RolloutStatus staged(@Nullable Integer stage, RolloutPhase phase, @Nullable Integer lastStep) {
        RolloutStatus plain = FakeRollouts.status(phase, stage == null ? 20 : 0);
        return new RolloutStatus(
                plain.service(),
                plain.number(),
                plain.stable(),
                plain.candidate(),
                plain.phase(),
                stage == null && !phase.ended() ? new Weight(20) : Weight.NONE,
                plain.steps(),
                stage == null && !phase.ended() ? 2 : 0,
                plain.watched(),
                plain.delay(),
                plain.bakeTime(),
                plain.why(),
                plain.cause(),
                plain.movedBy(),
                plain.startedBy(),
                plain.reason(),
                plain.startedAt(),
                plain.endedAt(),
                plain.revision(),
                plain.verdict(),
                STAGES,
                stage,
                null,
                List.of(),
                lastStep);
    }
}
