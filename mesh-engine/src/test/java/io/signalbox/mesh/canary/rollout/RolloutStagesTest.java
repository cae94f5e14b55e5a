package io.signalbox.mesh.canary.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.canary.Evidence;
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
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A rollout whose candidate is seen by few, then copied to, before it gets a share. */
class RolloutStagesTest {

    private static final ChangeNote MIRA = new ChangeNote("mira", "looks good");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final ScriptedJudge judge = new ScriptedJudge();
    private final RolloutMachine machine = new RolloutMachine(judge);

    @Test
    void itBeginsInItsFirstStageWithoutAShare() {
        Splitting.Canary plan = plan("");
        RolloutMachine.Move move = machine.on(queued(plan), new RolloutEvent.Begun(plan), NOW);

        assertThat(move.after().stage()).isEqualTo(1);
        assertThat(move.after().sight()).isEqualTo(Sight.CHOSEN_CALLS);
        assertThat(move.after().delay()).isEqualTo(Duration.ofMinutes(2));
        assertThat(move.effect())
                .isInstanceOfSatisfying(
                        Effect.Share.class, share -> assertThat(share.weight()).isEqualTo(Weight.NONE));
    }

    @Test
    void eachStageNeedsTheVerdictAndItsDelayAndTheStepsComeAfterTheLast() {
        judge.say(ScriptedJudge.ADVANCE);
        Rollout first = look(begun(plan("")), 119).after();
        assertThat(first.stage()).isEqualTo(1);

        RolloutMachine.Move toSecond = look(first, 1);
        assertThat(toSecond.after().stage()).isEqualTo(2);
        assertThat(toSecond.after().sight()).isEqualTo(Sight.COPIES);
        assertThat(toSecond.after().weight()).isEqualTo(Weight.NONE);
        assertThat(toSecond.effect())
                .isInstanceOfSatisfying(
                        Effect.Share.class,
                        share -> assertThat(share.note().reason()).startsWith("rollout 1, stage 2 of 2: "));

        RolloutMachine.Move toShare = look(toSecond.after(), 60);
        assertThat(toShare.after().stage()).isEqualTo(Rollout.NO_STAGE);
        assertThat(toShare.after().sight()).isEqualTo(Sight.CALLS);
        assertThat(toShare.after().weight()).isEqualTo(new Weight(10));
        assertThat(toShare.effect())
                .isInstanceOfSatisfying(
                        Effect.Share.class,
                        share -> assertThat(share.note().reason()).startsWith("rollout 1, step 1 of 10: "));
    }

    @Test
    void whatAStageToldIsNoEvidenceInTheNextAndCountsOnOneStep() {
        judge.say(ScriptedJudge.NOT_ENOUGH);
        Rollout first = look(begun(plan("")), 120).after();
        assertThat(first.evidence().candidateRequests()).isEqualTo(100);

        judge.say(ScriptedJudge.ADVANCE);
        Rollout second = look(first, 1).after();
        assertThat(second.evidence()).isEqualTo(Evidence.none());
        Rollout ten = look(second, 60).after();
        assertThat(ten.evidence()).isEqualTo(Evidence.none());
        Rollout twenty = look(ten, 60).after();
        assertThat(twenty.weight()).isEqualTo(new Weight(20));
        assertThat(twenty.evidence().candidateRequests()).isEqualTo(100);
    }

    @Test
    void alphaIsSharedOutAmongTheStagesAndTheSteps() {
        assertThat(RolloutCriteria.of(plan("")).alpha()).isEqualTo(0.05 / 3);
        assertThat(RolloutCriteria.of(plan("verdict: { falseRollback: 0.000001 }"))
                        .alpha())
                .isEqualTo(1e-6);
    }

    @Test
    void aStageWithAGateWaitsForSomebody() {
        Splitting.Canary plan = canary("stages: [ { match: { headers: { X: y } }, delay: 60s, gate: manual } ]");
        judge.say(ScriptedJudge.ADVANCE);
        Rollout gated = look(begun(plan), 60).after();
        assertThat(gated.phase()).isEqualTo(new Phase.AtGate(Phase.Gate.STEP));
        assertThat(gated.stage()).isEqualTo(1);

        Rollout on = machine.on(gated, new RolloutEvent.ResumeAsked(MIRA), NOW).after();
        assertThat(on.weight()).isEqualTo(new Weight(10));
        assertThat(on.stage()).isEqualTo(Rollout.NO_STAGE);
    }

    @Test
    void aPauseKeepsTheStageAndABadVerdictEndsIt() {
        Rollout paused = machine.on(begun(plan("")), new RolloutEvent.PauseAsked(MIRA), NOW)
                .after();
        Rollout resumed =
                machine.on(paused, new RolloutEvent.ResumeAsked(MIRA), NOW).after();
        assertThat(resumed.stage()).isEqualTo(1);
        assertThat(resumed.phase()).isEqualTo(new Phase.Running());

        judge.say(ScriptedJudge.ROLL_BACK);
        RolloutMachine.Move move = look(resumed, 1);
        assertThat(move.after().phase()).isInstanceOf(Phase.RolledBack.class);
        assertThat(move.after().stage()).isEqualTo(1);
    }

    @Test
    void whoSetsAShareEndsTheStageAndPausesIt() {
        Splitting.Canary plan = plan("");
        Rollout paused = changed(begun(plan), new Weight(20), Rollout.NO_STAGE);

        assertThat(paused.stage()).isEqualTo(Rollout.NO_STAGE);
        assertThat(paused.phase())
                .isInstanceOfSatisfying(
                        Phase.Paused.class,
                        phase -> assertThat(phase.note().reason())
                                .isEqualTo("jonas set v2 to 20 % and ended stage 1 (rev 7): hurry"));

        judge.say(ScriptedJudge.ADVANCE);
        Rollout resumed =
                machine.on(paused, new RolloutEvent.ResumeAsked(MIRA), NOW).after();
        assertThat(look(resumed, 60).after().weight()).isEqualTo(new Weight(30));
    }

    @Test
    void oneWhoseStageWasEndedBeginsItsStagesAgainWhenItIsResumed() {
        Rollout paused = changed(begun(plan("")), Weight.NONE, Rollout.NO_STAGE);

        RolloutMachine.Move resumed = machine.on(paused, new RolloutEvent.ResumeAsked(MIRA), NOW);

        assertThat(resumed.after().phase()).isEqualTo(new Phase.Running());
        assertThat(resumed.after().stage()).isEqualTo(1);
        assertThat(resumed.effect())
                .isInstanceOfSatisfying(
                        Effect.Share.class,
                        share -> assertThat(share.note().reason()).isEqualTo("rollout 1, stage 1 of 2: looks good"));
    }

    @Test
    void oneWithoutStagesWhoseShareWasTakenGetsItsFirstOneWhenItIsResumed() {
        Rollout paused = changed(begun(canary("steps: [ { weight: 10 } ]")), Weight.NONE, Rollout.NO_STAGE);

        Rollout resumed =
                machine.on(paused, new RolloutEvent.ResumeAsked(MIRA), NOW).after();

        assertThat(resumed.weight()).isEqualTo(new Weight(10));
        assertThat(resumed.phase()).isEqualTo(new Phase.Running());
    }

    @Test
    void aChangeThatLeavesTheStageAloneIsFollowedWithoutAPause() {
        Rollout followed = changed(begun(plan("")), Weight.NONE, 1);
        assertThat(followed.phase()).isEqualTo(new Phase.Running());
        assertThat(followed.revision()).isEqualTo(7);
        assertThat(changed(begun(plan("")), Weight.NONE, 2).phase()).isInstanceOf(Phase.Paused.class);
    }

    @Test
    void onlyThresholdsJudgeWhoChoseTheCandidateAndBothAreComparedByCopies() {
        Judge byEvidence = Judge.byEvidence();
        Rollout headers = begun(plan(""));
        assertThat(byEvidence.verdict(headers).checks()).hasSize(3);
        judge.say(ScriptedJudge.ADVANCE);
        assertThat(byEvidence.verdict(look(headers, 120).after()).checks()).hasSize(5);
        assertThat(byEvidence.verdict(headers)).isInstanceOf(Verdict.NotEnough.class);
    }

    private Rollout changed(Rollout rollout, Weight weight, int stage) {
        return machine.on(
                        rollout,
                        new RolloutEvent.PolicyChanged(
                                7, Optional.of(rollout.plan()), weight, stage, new ChangeNote("jonas", "hurry")),
                        NOW)
                .after();
    }

    private RolloutMachine.Move look(Rollout rollout, int seconds) {
        Slice some = new Slice(100, 0, Latencies.NONE);
        return machine.on(rollout, new RolloutEvent.Looked(new Window(Duration.ofSeconds(seconds), some, some)), NOW);
    }

    private Rollout begun(Splitting.Canary plan) {
        return machine.on(queued(plan), new RolloutEvent.Begun(plan), NOW).after();
    }

    private static Rollout queued(Splitting.Canary plan) {
        return Rollout.queued(1, plan, MIRA, NOW);
    }

    private static Splitting.Canary plan(String more) {
        return canary("stages: [ { match: { headers: { X-Beta: y } }, delay: 2m }, { mirror: {} } ], " + more);
    }

    private static Splitting.Canary canary(String fields) {
        return (Splitting.Canary)
                PolicyFormat.read("apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: catalog\n"
                                + "canary: { stable: v1, candidate: v2, incrementDelay: 60s, " + fields + " }")
                        .splitting();
    }
}
