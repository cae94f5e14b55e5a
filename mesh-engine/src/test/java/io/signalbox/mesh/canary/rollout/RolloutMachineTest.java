package io.signalbox.mesh.canary.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.mesh.canary.Latencies;
import io.signalbox.mesh.canary.Slice;
import io.signalbox.mesh.canary.Window;
import io.signalbox.mesh.model.CanaryCriteria;
import io.signalbox.mesh.model.CanaryStep;
import io.signalbox.mesh.model.CanaryTerms;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.model.SuccessRate;
import io.signalbox.mesh.model.Weight;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RolloutMachineTest {

    private static final ChangeNote MIRA = new ChangeNote("mira", "looks good");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final ScriptedJudge judge = new ScriptedJudge();
    private final RolloutMachine machine = new RolloutMachine(judge);

    @Test
    void itBeginsAtTheInitialWeight() {
        RolloutMachine.Move move =
                machine.on(queued(canary(10, 30, 60)), new RolloutEvent.Begun(canary(10, 30, 60)), NOW);

        assertThat(move.after().phase()).isEqualTo(new Phase.Running());
        assertThat(move.effect())
                .isEqualTo(new Effect.Share(new Weight(10), new ChangeNote("mira", "rollout 1 begins: looks good")));
    }

    @Test
    void aStepNeedsTheVerdictAndTheDelayWatchedToItsEnd() {
        judge.say(ScriptedJudge.ADVANCE);
        Rollout tooEarly = look(begun(canary(10, 30, 60)), 59).after();
        assertThat(tooEarly.weight()).isEqualTo(new Weight(10));

        RolloutMachine.Move move = look(tooEarly, 1);
        assertThat(move.after().weight()).isEqualTo(new Weight(40));
        assertThat(move.after().watched()).isZero();
        assertThat(move.effect()).isInstanceOfSatisfying(Effect.Share.class, share -> {
            assertThat(share.weight()).isEqualTo(new Weight(40));
            assertThat(share.note().by()).isEqualTo("signalbox");
            assertThat(share.note().reason()).isEqualTo("rollout 1, step 2 of 4: " + ScriptedJudge.ADVANCE.why());
        });
    }

    @Test
    void lackOfEvidenceAndABadEnvironmentHoldHoweverLongItTakes() {
        Rollout rollout = begun(canary(10, 30, 60));
        for (var verdict : List.of(ScriptedJudge.NOT_ENOUGH, ScriptedJudge.ENVIRONMENT_BAD)) {
            judge.say(verdict);
            RolloutMachine.Move move = look(rollout, 100_000);
            assertThat(move.after().phase()).isEqualTo(new Phase.Running());
            assertThat(move.effect()).isEqualTo(new Effect.Nothing());
        }
    }

    @Test
    void aBadVerdictTakesEverythingFromTheCandidateAtOnce() {
        judge.say(ScriptedJudge.ROLL_BACK);

        RolloutMachine.Move move = look(begun(canary(10, 30, 60)), 1);

        assertThat(move.after().phase())
                .isEqualTo(new Phase.RolledBack(NOW, new ChangeNote("signalbox", ScriptedJudge.ROLL_BACK.why())));
        assertThat(move.after().weight()).isEqualTo(Weight.NONE);
        assertThat(move.effect()).isInstanceOfSatisfying(Effect.Share.class, share -> {
            assertThat(share.weight()).isEqualTo(Weight.NONE);
            assertThat(share.note().reason()).isEqualTo("rollout 1 rolled back: " + ScriptedJudge.ROLL_BACK.why());
        });
    }

    @Test
    void whatIsRolledBackKnowsTheStepThatItStoodAt() {
        judge.say(ScriptedJudge.ADVANCE);
        Rollout second = look(begun(canary(10, 30, 60)), 60).after();
        judge.say(ScriptedJudge.ROLL_BACK);

        Rollout stopped = look(second, 1).after();

        assertThat(stopped.step()).isEqualTo(-1);
        assertThat(stopped.lastStep()).hasValue(1);
    }

    @Test
    void theLastStepStaysKnownWhenSomebodyTookTheShareFirst() {
        judge.say(ScriptedJudge.ADVANCE);
        Rollout second = look(begun(canary(10, 30, 60)), 60).after();
        RolloutEvent zero =
                new RolloutEvent.PolicyChanged(9, Optional.of(canary(10, 30, 60)), Weight.NONE, Rollout.NO_STAGE, MIRA);

        Rollout taken = machine.on(second, zero, NOW).after();
        Rollout ended =
                machine.on(taken, new RolloutEvent.RollbackAsked(MIRA), NOW).after();

        assertThat(taken.lastStep()).hasValue(1);
        assertThat(ended.lastStep()).hasValue(1);
    }

    @Test
    void theLastStepAtAllRequestsIsFollowedByThePromotion() {
        judge.say(ScriptedJudge.ADVANCE);
        Rollout rollout = begun(canary(50, 50, 60));
        rollout = look(rollout, 60).after();
        assertThat(rollout.weight()).isEqualTo(Weight.ALL);

        RolloutMachine.Move move = look(rollout, 60);
        assertThat(move.after().phase()).isInstanceOf(Phase.Promoted.class);
        assertThat(move.effect())
                .isInstanceOfSatisfying(
                        Effect.Choice.class,
                        choice -> assertThat(choice.winner()).isEqualTo("v2"));
    }

    @Test
    void aGreatestWeightBelowAllHoldsThereUntilItIsPromotedByHand() {
        judge.say(ScriptedJudge.ADVANCE);
        Rollout rollout = begun(new Splitting.Canary(
                "v1",
                "v2",
                new Weight(20),
                new Weight(20),
                Duration.ofSeconds(60),
                new Weight(40),
                new SuccessRate(0.99)));
        rollout = look(look(rollout, 60).after(), 60).after();
        assertThat(rollout.phase()).isEqualTo(new Phase.AtGate(Phase.Gate.PROMOTION));
        assertThat(look(rollout, 100_000).after().weight()).isEqualTo(new Weight(40));

        assertThat(machine.on(rollout, new RolloutEvent.PromotionAsked(MIRA), NOW)
                        .effect())
                .isEqualTo(new Effect.Choice("v2", "v1", new ChangeNote("mira", "rollout 1: looks good")));
    }

    @Test
    void aManualGateWaitsAndStillRollsBack() {
        judge.say(ScriptedJudge.ADVANCE);
        Rollout gated = look(begun(gatedAtTen()), 60).after();
        assertThat(gated.phase()).isEqualTo(new Phase.AtGate(Phase.Gate.STEP));
        assertThat(gated.weight()).isEqualTo(new Weight(10));

        assertThat(machine.on(gated, new RolloutEvent.ResumeAsked(MIRA), NOW)
                        .after()
                        .weight())
                .isEqualTo(new Weight(100));
        judge.say(ScriptedJudge.ROLL_BACK);
        assertThat(look(gated, 1).after().phase()).isInstanceOf(Phase.RolledBack.class);
    }

    @Test
    void theLastShareHasToHoldForTheBakeTime() {
        judge.say(ScriptedJudge.ADVANCE);
        Rollout baking = look(begun(bakingForTwoMinutes()), 60).after();
        assertThat(baking.phase()).isEqualTo(new Phase.Baking());
        assertThat(look(baking, 119).after().phase()).isEqualTo(new Phase.Baking());
        assertThat(look(baking, 120).after().phase()).isInstanceOf(Phase.Promoted.class);
    }

    @Test
    void nothingFollowsFromAVerdictWhileItIsPaused() {
        Rollout paused = machine.on(begun(canary(10, 30, 60)), new RolloutEvent.PauseAsked(MIRA), NOW)
                .after();
        for (var verdict : List.of(ScriptedJudge.ADVANCE, ScriptedJudge.ROLL_BACK)) {
            judge.say(verdict);
            assertThat(look(paused, 1_000).effect()).isEqualTo(new Effect.Nothing());
        }
        Rollout resumed =
                machine.on(paused, new RolloutEvent.ResumeAsked(MIRA), NOW).after();
        assertThat(resumed.phase()).isEqualTo(new Phase.Running());
        assertThat(resumed.watched()).isZero();
    }

    @Test
    void aWeightThatSomebodyElseSetsPausesItAndSaysWho() {
        Rollout rollout = machine.on(
                        begun(canary(10, 30, 60)),
                        new RolloutEvent.PolicyChanged(
                                12,
                                Optional.of(canary(10, 30, 60)),
                                new Weight(55),
                                Rollout.NO_STAGE,
                                new ChangeNote("jonas", "hurry")),
                        NOW)
                .after();

        assertThat(rollout.phase())
                .isInstanceOfSatisfying(
                        Phase.Paused.class,
                        paused -> assertThat(paused.note().reason()).isEqualTo("jonas set v2 to 55 % (rev 12): hurry"));
        assertThat(rollout.weight()).isEqualTo(new Weight(55));
        assertThat(rollout.revision()).isEqualTo(12);

        judge.say(ScriptedJudge.ADVANCE);
        Rollout resumed =
                machine.on(rollout, new RolloutEvent.ResumeAsked(MIRA), NOW).after();
        assertThat(look(resumed, 60).after().weight()).isEqualTo(new Weight(70));
    }

    @Test
    void aPolicyThatChangedElsewhereIsFollowedWithoutAPause() {
        Rollout rollout = machine.on(
                        begun(canary(10, 30, 60)),
                        new RolloutEvent.PolicyChanged(
                                12, Optional.of(canary(10, 5, 60)), new Weight(10), Rollout.NO_STAGE, MIRA),
                        NOW)
                .after();

        assertThat(rollout.phase()).isEqualTo(new Phase.Running());
        judge.say(ScriptedJudge.ADVANCE);
        assertThat(look(rollout, 60).after().weight()).isEqualTo(new Weight(15));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        pause,    rollout: promoted (expected: one that goes on by itself)
        resume,   rollout: promoted (expected: one that is paused or waits at a gate)
        promote,  rollout: promoted (expected: one that has begun and has not ended)
        rollback, rollout: promoted (expected: one that has begun and has not ended)
        """)
    void whatEndedStaysAsItIs(String verb, String message) {
        Rollout ended = machine.on(begun(canary(10, 30, 60)), new RolloutEvent.PromotionAsked(MIRA), NOW)
                .after();
        RolloutEvent event = switch (verb) {
            case "pause" -> new RolloutEvent.PauseAsked(MIRA);
            case "resume" -> new RolloutEvent.ResumeAsked(MIRA);
            case "promote" -> new RolloutEvent.PromotionAsked(MIRA);
            default -> new RolloutEvent.RollbackAsked(MIRA);
        };
        assertThatThrownBy(() -> machine.on(ended, event, NOW))
                .isInstanceOf(WrongPhaseException.class)
                .hasMessage(message);
    }

    @Test
    void anEndKeepsTheEvidenceThatItEndedOn() {
        Rollout seen = look(begun(canary(10, 30, 60)), 10).after();
        for (RolloutEvent event :
                List.of(new RolloutEvent.PromotionAsked(MIRA), new RolloutEvent.RollbackAsked(MIRA))) {
            Rollout ended = machine.on(seen, event, NOW).after();
            assertThat(ended.evidence()).isEqualTo(seen.evidence());
            assertThat(ended.evidence().candidateRequestsInStep()).isEqualTo(100);
            assertThat(ended.watched()).isEqualTo(Duration.ofSeconds(10));
        }
    }

    @Test
    void oneThatWaitsIsWithdrawnAndMovesNoWeight() {
        RolloutMachine.Move move = machine.on(queued(canary(10, 30, 60)), new RolloutEvent.RollbackAsked(MIRA), NOW);
        assertThat(move.after().phase()).isEqualTo(new Phase.Withdrawn(NOW, MIRA));
        assertThat(move.effect()).isEqualTo(new Effect.Nothing());
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

    private static Splitting.Canary canary(int initial, int step, int delaySeconds) {
        return new Splitting.Canary(
                "v1",
                "v2",
                new Weight(initial),
                new Weight(step),
                Duration.ofSeconds(delaySeconds),
                Weight.ALL,
                new SuccessRate(0.99));
    }

    private static Splitting.Canary gatedAtTen() {
        Duration minute = Duration.ofMinutes(1);
        return listed(
                List.of(
                        new CanaryStep(new Weight(10), minute, CanaryStep.Gate.MANUAL),
                        new CanaryStep(Weight.ALL, minute, CanaryStep.Gate.NONE)),
                Duration.ZERO);
    }

    private static Splitting.Canary bakingForTwoMinutes() {
        return listed(
                List.of(new CanaryStep(Weight.ALL, Duration.ofMinutes(1), CanaryStep.Gate.NONE)),
                Duration.ofMinutes(2));
    }

    private static Splitting.Canary listed(List<CanaryStep> steps, Duration bake) {
        return new Splitting.Canary(
                "v1",
                "v2",
                steps.getFirst().weight(),
                new Weight(10),
                Duration.ofMinutes(5),
                steps.getLast().weight(),
                new SuccessRate(0.99),
                new CanaryTerms(steps, bake, CanaryCriteria.DEFAULT));
    }
}
