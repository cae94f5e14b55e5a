package io.signalbox.mesh.controlplane;

import static io.signalbox.mesh.controlplane.RolloutRig.V2;
import static io.signalbox.mesh.controlplane.TestMesh.NOTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.mesh.canary.rollout.ScriptedJudge;
import io.signalbox.mesh.canary.rollout.WrongPhaseException;
import io.signalbox.mesh.client.AuditEntry;
import io.signalbox.mesh.client.RolloutPlans;
import io.signalbox.mesh.client.RolloutRequest;
import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.event.MeshEvent;
import io.signalbox.mesh.model.CanaryStep;
import io.signalbox.mesh.model.CanaryTerms;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.model.UnknownNameException;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.model.status.RolloutCause;
import io.signalbox.mesh.model.status.RolloutPhase;
import io.signalbox.mesh.model.status.RolloutStatus;
import io.signalbox.mesh.store.Transaction;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RolloutControlTest {

    private static final Duration STEP = Duration.ofMinutes(1);

    private final RolloutRig rig = new RolloutRig();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void aStartPutsTheFirstWeightInForceAndWritesBothInOneTransaction() {
        rig.mesh.put("apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: catalog\ntimeout: 3s\n");
        long before = rig.mesh.store.revision();

        RolloutStatus started = rig.rollouts.start("catalog", V2, NOTE);

        assertThat(rig.mesh.store.revision()).isEqualTo(before + 1);
        assertThat(started.phase()).isEqualTo(RolloutPhase.RUNNING);
        assertThat(started.stable()).isEqualTo("v1");
        assertThat(rig.mesh.shoppers.config("catalog").candidateWeight()).contains(new Weight(10));
        assertThat(rig.mesh.shoppers.config("catalog").policy().timeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(rig.mesh.events(MeshEvent.RolloutMoved.class))
                .singleElement()
                .satisfies(moved ->
                        assertThat(moved.phase() + " " + moved.weight()).isEqualTo("RUNNING 10 %"));
    }

    @Test
    void aGoodCandidateIsTakenUpStepByStepAndPromoted() {
        rig.rollouts.start("catalog", V2, NOTE);
        rig.judge.say(ScriptedJudge.ADVANCE);

        rig.pass(STEP.minusSeconds(1));
        assertThat(rig.weight()).isEqualTo(10);
        rig.pass(Duration.ofSeconds(1));
        assertThat(rig.weight()).isEqualTo(40);
        rig.pass(STEP);
        assertThat(rig.weight()).isEqualTo(70);
        rig.pass(STEP);
        assertThat(rig.weight()).isEqualTo(100);
        assertThat(rig.phase()).isEqualTo(RolloutPhase.RUNNING);
        rig.pass(STEP);

        assertThat(rig.phase()).isEqualTo(RolloutPhase.PROMOTED);
        assertThat(rig.asked()).isEqualTo(Map.of("v1", Weight.NONE, "v2", Weight.ALL));
        assertThat(rig.mesh.controlPlane.policies().current("catalog").candidateWeight())
                .isEmpty();
        assertThat(rig.rollouts.history("catalog"))
                .extracting(RolloutStatus::phase)
                .containsExactly(RolloutPhase.PROMOTED);
    }

    @Test
    void aBadCandidateGetsNothingAnyMoreAndTheReasonStandsInEveryLog() {
        rig.rollouts.start("catalog", V2, NOTE);
        rig.judge.say(ScriptedJudge.ROLL_BACK);

        rig.pass(Duration.ofSeconds(11));

        assertThat(rig.phase()).isEqualTo(RolloutPhase.ROLLED_BACK);
        assertThat(rig.weight()).isZero();
        assertThat(rig.status().why()).isEqualTo(ScriptedJudge.ROLL_BACK.why());
        assertThat(rig.status().cause()).isEqualTo(RolloutCause.VERDICT);
        assertThat(rig.status().stoppedAt()).hasValue(1);
        assertThat(rig.rollouts.history("catalog").getFirst().lastStep()).isEqualTo(1);
        assertThat(rig.mesh.controlPlane.audit().newestFirst(Long.MAX_VALUE, 1))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.kind()).isEqualTo(AuditEntry.Kind.WEIGHTS);
                    assertThat(entry.by()).isEqualTo("signalbox");
                    assertThat(entry.reason()).isEqualTo("rollout 1 rolled back: " + ScriptedJudge.ROLL_BACK.why());
                });
        assertThat(rig.mesh.events(MeshEvent.RolloutMoved.class).getLast().why())
                .isEqualTo(ScriptedJudge.ROLL_BACK.why());
        assertThat(rig.mesh.events(MeshEvent.RolloutMoved.class).getLast().verdict())
                .isEqualTo(ScriptedJudge.ROLL_BACK.reason());
    }

    @Test
    void aBadEnvironmentHoldsAndIsTold() {
        rig.rollouts.start("catalog", V2, NOTE);
        rig.judge.say(ScriptedJudge.ENVIRONMENT_BAD);

        rig.pass(Duration.ofMinutes(10));

        assertThat(rig.weight()).isEqualTo(10);
        assertThat(rig.status().why()).isEqualTo(ScriptedJudge.ENVIRONMENT_BAD.why());
    }

    @Test
    void aWeightBySomebodyElseTakesTheWheelUntilItIsResumed() {
        rig.rollouts.start("catalog", V2, NOTE);
        rig.judge.say(ScriptedJudge.ADVANCE);
        rig.mesh
                .controlPlane
                .policies()
                .setWeights("catalog", Map.of("v2", new Weight(55)), new ChangeNote("jonas", "hurry"));

        rig.pass(Duration.ofMinutes(5));
        assertThat(rig.phase()).isEqualTo(RolloutPhase.PAUSED);
        assertThat(rig.status().why()).startsWith("jonas set v2 to 55 % (rev ").endsWith("): hurry");
        assertThat(rig.weight()).isEqualTo(55);

        rig.rollouts.resume("catalog", OptionalLong.empty(), NOTE);
        rig.pass(Duration.ofSeconds(71));
        assertThat(rig.weight()).isEqualTo(70);
    }

    @Test
    void anUndoAndAPolicyWithoutTheCanaryPauseItToo() {
        rig.rollouts.start("catalog", V2, NOTE);
        rig.judge.say(ScriptedJudge.ADVANCE);
        rig.pass(Duration.ofSeconds(71));
        assertThat(rig.weight()).isEqualTo(40);

        rig.mesh.controlPlane.policies().undo("catalog", NOTE);
        rig.pass(Duration.ofSeconds(1));
        assertThat(rig.phase()).isEqualTo(RolloutPhase.PAUSED);
        assertThat(rig.weight()).isEqualTo(10);

        rig.mesh.put("apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: catalog\n");
        rig.pass(Duration.ofSeconds(1));
        assertThat(rig.status().why()).startsWith("mira took the canary out of the policy");
        assertThatThrownBy(() -> rig.rollouts.resume("catalog", OptionalLong.empty(), NOTE))
                .isInstanceOf(WrongPhaseException.class)
                .hasMessageContaining("its canary is not in the policy any more");
        rig.rollouts.rollBack("catalog", OptionalLong.empty(), NOTE);
        assertThat(rig.phase()).isEqualTo(RolloutPhase.ROLLED_BACK);
        assertThat(rig.asked()).isEmpty();
    }

    @Test
    void aDeletedPolicyPausesItAndARollbackOrAnotherStartStillWork() {
        rig.rollouts.start("catalog", V2, NOTE);
        rig.mesh.controlPlane.policies().delete("catalog", OptionalLong.empty(), NOTE);

        assertThatThrownBy(() -> rig.rollouts.pause("catalog", OptionalLong.empty(), NOTE))
                .isInstanceOf(WrongPhaseException.class);
        assertThat(rig.mesh.events(MeshEvent.RolloutMoved.class).getLast().why())
                .startsWith("mira took the canary out of the policy");
        rig.rollouts.rollBack("catalog", OptionalLong.empty(), NOTE);
        assertThat(rig.asked()).isEmpty();
        assertThat(rig.rollouts.start("catalog", V2, NOTE).weight()).isEqualTo(new Weight(10));
    }

    @Test
    void anotherTimeoutInThePolicyDoesNotPauseIt() {
        rig.mesh.put(TestMesh.CANARY);
        rig.rollouts.start("catalog", RolloutRequest.OF_THE_POLICY, NOTE);
        rig.mesh.put(TestMesh.CANARY + "timeout: 3s\n");

        rig.pass(Duration.ofSeconds(1));

        assertThat(rig.phase()).isEqualTo(RolloutPhase.RUNNING);
        assertThat(rig.status().revision())
                .isEqualTo(rig.mesh.controlPlane.policies().current("catalog").revision());
    }

    @Test
    void oneGoesOnAtATimeAndTheNextBeginsWhenItHasEnded() {
        rig.mesh.register("catalog", "catalog-v3-1", "v3");
        rig.rollouts.start("catalog", new RolloutRequest("v2", "v1", null, null, null, null, null, null), NOTE);
        RolloutStatus second = rig.rollouts.start("catalog", RolloutRequest.of("v3"), NOTE);
        assertThat(second.phase()).isEqualTo(RolloutPhase.QUEUED);
        assertThatThrownBy(() -> rig.rollouts.start("catalog", RolloutRequest.of("v3"), NOTE))
                .isInstanceOf(WrongPhaseException.class)
                .hasMessage("rollout: number 2 of v3 has not ended (expected: one that rolls out another version)");

        rig.pass(Duration.ofSeconds(30));
        assertThat(rig.asked().keySet()).containsExactly("v1", "v2");
        rig.rollouts.promote("catalog", OptionalLong.empty(), NOTE);
        rig.pass(Duration.ofSeconds(1));

        assertThat(rig.status().number()).isEqualTo(2);
        assertThat(rig.status().stable()).isEqualTo("v2");
        assertThat(rig.asked()).isEqualTo(Map.of("v2", new Weight(90), "v3", new Weight(10)));
    }

    @Test
    void oneThatWaitsCanBeWithdrawn() {
        rig.mesh.register("catalog", "catalog-v3-1", "v3");
        rig.rollouts.start("catalog", new RolloutRequest("v2", "v1", null, null, null, null, null, null), NOTE);
        rig.rollouts.start("catalog", RolloutRequest.of("v3"), NOTE);

        assertThat(rig.rollouts.withdraw("catalog", 2, NOTE).phase()).isEqualTo(RolloutPhase.WITHDRAWN);

        assertThat(rig.rollouts.list()).extracting(RolloutStatus::number).containsExactly(1L);
        assertThat(rig.phase()).isEqualTo(RolloutPhase.RUNNING);
        assertThatThrownBy(() -> rig.rollouts.withdraw("catalog", 2, NOTE)).isInstanceOf(UnknownNameException.class);
    }

    @Test
    void oneThatCannotBeginWhenItsTurnComesFailsAndSaysWhy() {
        rig.mesh.register("catalog", "catalog-v3-1", "v3");
        rig.rollouts.start("catalog", new RolloutRequest("v2", "v1", null, null, null, null, null, null), NOTE);
        rig.rollouts.start("catalog", RolloutRequest.of("v3"), NOTE);
        rig.mesh.controlPlane.members().deregister("catalog", Optional.of("catalog-v3-1"));
        rig.rollouts.rollBack("catalog", OptionalLong.empty(), NOTE);

        rig.pass(Duration.ofSeconds(1));

        assertThat(rig.rollouts.history("catalog").getFirst().phase()).isEqualTo(RolloutPhase.FAILED);
        assertThat(rig.rollouts.history("catalog").getFirst().why())
                .isEqualTo("candidate: v3 (expected: a version with a registered instance: v1, v2)");
    }

    @Test
    void aRestartGoesOnWhereItWasAndTimeInBetweenIsNoEvidence() {
        rig.rollouts.start("catalog", V2, NOTE);
        rig.judge.say(ScriptedJudge.ADVANCE);
        rig.pass(Duration.ofSeconds(41));
        Duration watched = rig.status().watched();
        assertThat(watched).isPositive().isLessThan(STEP);

        rig.mesh.time.advance(Duration.ofHours(5));
        rig.rollouts = rig.another(rig.mesh.store);
        rig.pass(Duration.ofSeconds(1));

        assertThat(rig.status().watched()).isEqualTo(watched);
        assertThat(rig.weight()).isEqualTo(10);
        rig.pass(Duration.ofSeconds(41));
        assertThat(rig.weight()).isEqualTo(40);
    }

    @Test
    void twoThatLookAtTheSameStoreTakeOneStep() {
        rig.rollouts.start("catalog", V2, NOTE);
        RolloutControl other = rig.another(rig.mesh.store);
        rig.judge.say(ScriptedJudge.ADVANCE);

        for (int i = 0; i < 170; i++) {
            rig.mesh.time.advance(ControlPlane.TICK);
            rig.rollouts.look(Transaction.EMPTY);
            other.look(Transaction.EMPTY);
        }

        assertThat(rig.weight()).isEqualTo(40);
        assertThat(rig.phase()).isEqualTo(RolloutPhase.RUNNING);
        assertThat(other.list()).extracting(RolloutStatus::weight).containsExactly(new Weight(40));
    }

    @Test
    void aChangeThatWaitsToBeConfirmedIsNotBuiltUpon() {
        rig.mesh.put(TestMesh.CANARY);
        rig.mesh
                .controlPlane
                .policies()
                .setWeights("catalog", Map.of("v2", new Weight(20)), NOTE, Optional.of(Duration.ofMinutes(1)));

        assertThatThrownBy(() -> rig.rollouts.start("catalog", RolloutRequest.OF_THE_POLICY, NOTE))
                .isInstanceOf(WrongPhaseException.class);
        rig.mesh.controlPlane.policies().confirm("catalog", OptionalLong.empty(), NOTE);
        assertThat(rig.rollouts
                        .start("catalog", RolloutRequest.OF_THE_POLICY, NOTE)
                        .weight())
                .isEqualTo(new Weight(10));
    }

    @Test
    void whileAChangeWaitsToBeConfirmedItHoldsAndIsNotPromoted() {
        waitingTimeout();
        rig.judge.say(ScriptedJudge.ADVANCE);

        rig.pass(STEP.multipliedBy(3));

        assertThat(rig.weight()).isEqualTo(10);
        assertThat(rig.status().why()).isEqualTo("It holds, since a change of the policy waits to be confirmed.");
        assertThatThrownBy(() -> rig.rollouts.promote("catalog", OptionalLong.empty(), NOTE))
                .isInstanceOf(WrongPhaseException.class);
        assertThat(rig.mesh.controlPlane.policies().pending()).hasSize(1);
        rig.mesh.controlPlane.policies().confirm("catalog", OptionalLong.empty(), NOTE);
        rig.pass(STEP);
        assertThat(rig.weight()).isEqualTo(40);
    }

    @Test
    void aRollbackTakesAChangeThatWaitsToBeConfirmedBackWithIt() {
        waitingTimeout();
        rig.judge.say(ScriptedJudge.ROLL_BACK);

        rig.pass(Duration.ofSeconds(11));

        assertThat(rig.phase()).isEqualTo(RolloutPhase.ROLLED_BACK);
        assertThat(rig.weight()).isZero();
        PolicyControl policies = rig.mesh.controlPlane.policies();
        assertThat(policies.pending()).isEmpty();
        assertThat(policies.current("catalog").policy().timeout()).isNotEqualTo(Duration.ofSeconds(3));
        policies.undo("catalog", NOTE);
        assertThat(policies.current("catalog").policy().timeout()).isNotEqualTo(Duration.ofSeconds(3));
        assertThat(rig.weight()).isEqualTo(10);
    }

    @Test
    void aDelayBesideStepsOfThePolicyIsRefused() {
        rig.mesh.put(TestMesh.CANARY);
        RolloutRequest delay = new RolloutRequest(null, null, null, null, Duration.ofMinutes(1), null, null, null);
        Splitting.Canary listed = (Splitting.Canary)
                rig.mesh.controlPlane.policies().current("catalog").policy().splitting();
        List<CanaryStep> steps = List.of(new CanaryStep(Weight.ALL, Duration.ofMinutes(9), CanaryStep.Gate.NONE));
        PolicyRevision policy = rig.mesh.controlPlane.policies().current("catalog");
        PolicyRevision withSteps = new PolicyRevision(
                policy.revision(),
                policy.policy()
                        .withSplitting(new Splitting.Canary(
                                listed.stable(),
                                listed.candidate(),
                                Weight.ALL,
                                listed.incrementStep(),
                                listed.incrementDelay(),
                                Weight.ALL,
                                listed.successRate(),
                                new CanaryTerms(
                                        steps, Duration.ZERO, listed.terms().criteria()))),
                policy.candidateWeight(),
                policy.stage(),
                policy.change(),
                policy.note(),
                policy.at());
        assertThatThrownBy(() ->
                        new RolloutPlans(withSteps.policy(), withSteps.candidateWeight(), Map.of("v2", 1)).plan(delay))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageStartingWith("weights and delay: given");
    }

    /** A rollout at 10 %, and another timeout on top that waits for two steps and more. */
    private void waitingTimeout() {
        rig.mesh.put(TestMesh.CANARY);
        rig.rollouts.start("catalog", V2, NOTE);
        PolicyControl policies = rig.mesh.controlPlane.policies();
        TrafficPolicy changed = PolicyFormat.read(TestMesh.CANARY + "timeout: 3s\n")
                .withSplitting(policies.current("catalog").policy().splitting());
        policies.put(changed, OptionalLong.empty(), NOTE, Optional.of(Duration.ofHours(1)));
    }

    @Test
    void whatDoesNotFitIsRefusedWithWhatIsMissing() {
        assertThatThrownBy(() -> rig.rollouts.start("catalog", RolloutRequest.OF_THE_POLICY, NOTE))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("candidate: none (expected: a version, since the policy of catalog has no canary)");
        assertThatThrownBy(() -> rig.rollouts.start("catalog", RolloutRequest.of("v9"), NOTE))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("stable: none (expected: a version, since catalog has none that gets all requests)");
        assertThatThrownBy(() -> rig.rollouts.start("nobody", RolloutRequest.of("v2"), NOTE))
                .isInstanceOf(UnknownNameException.class);
        assertThatThrownBy(() -> rig.rollouts.pause("catalog", OptionalLong.empty(), NOTE))
                .isInstanceOf(UnknownNameException.class);
        assertThat(rig.rollouts.list()).isEqualTo(List.of());
    }
}
