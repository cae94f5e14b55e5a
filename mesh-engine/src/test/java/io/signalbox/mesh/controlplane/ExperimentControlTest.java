package io.signalbox.mesh.controlplane;

import static io.signalbox.mesh.controlplane.TestMesh.NOTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.mesh.canary.rollout.Judge;
import io.signalbox.mesh.canary.rollout.WrongPhaseException;
import io.signalbox.mesh.client.RolloutRequest;
import io.signalbox.mesh.event.MeshEvent;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.model.status.AbOutcome;
import io.signalbox.mesh.model.status.RolloutCause;
import io.signalbox.mesh.model.status.RolloutPhase;
import io.signalbox.mesh.model.status.RolloutStatus;
import io.signalbox.mesh.model.status.ServiceKind;
import io.signalbox.mesh.model.status.VerdictReason;
import io.signalbox.mesh.model.status.VerdictStatus;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExperimentControlTest {

    private static final String RULE = "{ minimumDuration: 1m, maximumDuration: 5m, promote: false }";
    private static final String PROMOTING = RULE.replace("false", "true");
    private static final OptionalLong ANY = OptionalLong.empty();

    private final RolloutRig rig = new RolloutRig(Judge.byEvidence());
    private final FakeSidecar caller = new FakeSidecar("web", "web-1", ServiceKind.CLIENT);

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void anExperimentBeginsWithoutMovingARequest() {
        RolloutStatus started = start(RULE);

        assertThat(started.why()).contains("B 0 % of 0; at most 5 min more.").doesNotContain("p99");
        assertThat(started.kind()).isEqualTo(RolloutStatus.Kind.AB_TEST);
        assertThat(started.phase()).isEqualTo(RolloutPhase.RUNNING);
        assertThat(started.weight()).isEqualTo(new Weight(40));
        assertThat(started.revision()).isEqualTo(revision());
        pass(Duration.ofSeconds(10), 0, 0);
        assertThat(rig.status().revision()).isEqualTo(started.revision()).isEqualTo(revision());
    }

    @Test
    void theVersionThatFailsLessWinsAndTheSplitStays() {
        start(RULE);
        long before = revision();

        pass(Duration.ofSeconds(50), 0, 8);
        assertThat(rig.phase()).isEqualTo(RolloutPhase.RUNNING);
        pass(Duration.ofSeconds(30), 0, 8);

        assertEnded(AbOutcome.A, VerdictStatus.Kind.ROLL_BACK);
        assertThat(revision()).isEqualTo(before);
        assertThat(rig.asked()).isEqualTo(Map.of("v1", new Weight(60), "v2", new Weight(40)));
        assertThat(rig.mesh.events(MeshEvent.RolloutMoved.class).getLast().phase())
                .isEqualTo(RolloutPhase.DECIDED);
    }

    @Test
    void theWinnerGetsAllRequestsWhereThePolicySaysSo() {
        start(PROMOTING);

        pass(Duration.ofSeconds(80), 8, 0);

        assertEnded(AbOutcome.B, VerdictStatus.Kind.ADVANCE);
        assertThat(splitting()).isEqualTo(new Splitting.Weighted(Map.of("v1", Weight.NONE, "v2", Weight.ALL)));
    }

    @Test
    void versionAMayGetAllRequestsToo() {
        start(PROMOTING);

        pass(Duration.ofSeconds(80), 0, 8);

        assertEnded(AbOutcome.A, VerdictStatus.Kind.ROLL_BACK);
        assertThat(splitting()).isEqualTo(new Splitting.Weighted(Map.of("v2", Weight.NONE, "v1", Weight.ALL)));
    }

    @Test
    void equalVersionsEndWithoutAWinnerAndNothingIsPromoted() {
        start(PROMOTING);

        pass(Duration.ofSeconds(290), 1, 1);
        assertThat(rig.phase()).isEqualTo(RolloutPhase.RUNNING);
        pass(Duration.ofSeconds(30), 1, 1);

        assertEnded(AbOutcome.NONE, VerdictStatus.Kind.NOT_ENOUGH);
        assertThat(splitting()).isInstanceOf(Splitting.AbTest.class);
    }

    @Test
    void withoutRequestsNobodyWins() {
        start(PROMOTING);

        rig.pass(Duration.ofMinutes(6));

        assertEnded(AbOutcome.NONE, VerdictStatus.Kind.NOT_ENOUGH);
        assertThat(splitting()).isInstanceOf(Splitting.AbTest.class);
    }

    @Test
    void aRestartLosesNeitherTheEvidenceNorTheTimeNorTheEnd() {
        start(RULE);
        pass(Duration.ofSeconds(50), 8, 0);
        RolloutStatus before = rig.status();

        rig.rollouts = rig.another(rig.mesh.store);

        assertThat(rig.status()).isEqualTo(before);
        pass(Duration.ofSeconds(30), 0, 0);
        assertEnded(AbOutcome.B, VerdictStatus.Kind.ADVANCE);
        RolloutStatus end = rig.status();
        rig.rollouts = rig.another(rig.mesh.store);
        assertThat(rig.status()).isEqualTo(end);
        assertThat(rig.rollouts.history("catalog")).containsExactly(end);
    }

    @Test
    void whoeverChangesTheSharesPausesItAndResumingKeepsWhatIsKnown() {
        start(RULE);
        pass(Duration.ofSeconds(30), 0, 2);
        RolloutStatus before = rig.status();

        rig.mesh.put(policy(RULE).replace("weightB: 40", "weightB: 20"));
        rig.pass(ControlPlane.TICK);

        assertThat(rig.phase()).isEqualTo(RolloutPhase.PAUSED);
        assertThat(rig.status().weight()).isEqualTo(new Weight(20));
        RolloutStatus resumed = rig.rollouts.resume("catalog", ANY, NOTE);
        assertThat(resumed.phase()).isEqualTo(RolloutPhase.RUNNING);
        assertThat(resumed.watched()).isEqualTo(before.watched());
        assertThat(resumed.verdict().checks()).isEqualTo(before.verdict().checks());
        assertThat(resumed.verdict().reason()).isEqualTo(before.verdict().reason());
    }

    @Test
    void aRuleThatIsChangedOnTheWayDecidesNothing() {
        start(RULE);

        rig.mesh.put(policy(PROMOTING));
        pass(Duration.ofSeconds(90), 0, 8);

        assertThat(rig.phase()).isEqualTo(RolloutPhase.PAUSED);
        assertThat(rig.status().why()).contains("took the A/B test, or its rule, out of the policy");
        assertThatThrownBy(() -> rig.rollouts.resume("catalog", ANY, NOTE))
                .isInstanceOf(WrongPhaseException.class)
                .hasMessageContaining("its A/B test with that rule is not in the policy any more");
        assertThat(rig.rollouts.rollBack("catalog", ANY, NOTE).phase()).isEqualTo(RolloutPhase.ROLLED_BACK);
        assertThat(rig.rollouts
                        .start("catalog", RolloutRequest.OF_THE_POLICY, NOTE)
                        .phase())
                .isEqualTo(RolloutPhase.RUNNING);
    }

    @Test
    void takingItBackEndsItAndLeavesTheSplit() {
        start(RULE);
        long before = revision();

        RolloutStatus ended = rig.rollouts.rollBack("catalog", ANY, new ChangeNote("mira", "enough"));

        assertThat(ended.phase()).isEqualTo(RolloutPhase.ROLLED_BACK);
        assertThat(ended.cause()).isEqualTo(RolloutCause.NOTE);
        assertThat(revision()).isEqualTo(before);
    }

    @Test
    void aPersonMayPromoteB() {
        start(RULE);

        assertThat(rig.rollouts.promote("catalog", ANY, NOTE).phase()).isEqualTo(RolloutPhase.PROMOTED);

        assertThat(splitting()).isEqualTo(new Splitting.Weighted(Map.of("v1", Weight.NONE, "v2", Weight.ALL)));
    }

    @Test
    void aTestWithoutARuleOrWithOptionsIsRefused() {
        rig.mesh.put(policy(RULE).replaceAll("  winner: .*\n", ""));
        assertThatThrownBy(() -> rig.rollouts.start("catalog", RolloutRequest.OF_THE_POLICY, NOTE))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageStartingWith("abTest.winner: none (expected: a rule");

        rig.mesh.put(policy(RULE));
        RolloutRequest delayed = new RolloutRequest(null, null, null, null, Duration.ofMinutes(1), null, null, null);
        assertThatThrownBy(() -> rig.rollouts.start("catalog", delayed, NOTE))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("the policy of catalog has an abTest");

        rig.mesh.put(policy(RULE).replace("weightB: 40", "weightB: 0"));
        assertThatThrownBy(() -> rig.rollouts.start("catalog", RolloutRequest.OF_THE_POLICY, NOTE))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("weights above 0");
    }

    @Test
    void sidecarsAreNotToldOfTheRule() {
        start(RULE);

        assertThat(rig.mesh.shoppers.config("catalog").policy().splitting())
                .isEqualTo(new Splitting.AbTest("v1", "v2", "X-User", new Weight(60), new Weight(40)));
    }

    private RolloutStatus start(String rule) {
        rig.mesh.put(policy(rule));
        return rig.rollouts.start("catalog", RolloutRequest.OF_THE_POLICY, NOTE);
    }

    private static String policy(String rule) {
        return """
            apiVersion: signalbox.io/v1
            kind: TrafficPolicy
            service: catalog
            abTest:
              versionA: v1
              versionB: v2
              splitKey: X-User
              weightB: 40
              winner: %s
            """.formatted(rule);
    }

    /** Each second 30 calls to either version, of which so many fail. */
    private void pass(Duration time, int aFails, int bFails) {
        for (long second = 0; second < time.toSeconds(); second++) {
            call("v1", "catalog-1", aFails);
            call("v2", "catalog-v2-1", bFails);
            rig.rollouts.record(caller, caller.report());
            rig.pass(Duration.ofSeconds(1));
        }
    }

    private void call(String version, String endpoint, int fails) {
        var _ = caller.calls(30 - fails, "catalog", version, endpoint);
        if (fails > 0) {
            var _ = caller.calls(fails, "catalog", version, endpoint, 500, Duration.ofMillis(5));
        }
    }

    private void assertEnded(AbOutcome outcome, VerdictStatus.Kind kind) {
        RolloutStatus status = rig.status();
        assertThat(status.phase()).isEqualTo(RolloutPhase.DECIDED);
        assertThat(status.cause()).isEqualTo(RolloutCause.VERDICT);
        assertThat(status.verdict().kind()).isEqualTo(kind);
        assertThat(status.verdict().reason())
                .isInstanceOfSatisfying(
                        VerdictReason.Compared.class,
                        reason -> assertThat(reason.outcome()).isEqualTo(outcome));
    }

    private Splitting splitting() {
        return rig.mesh.controlPlane.policies().current("catalog").policy().splitting();
    }

    private long revision() {
        return rig.mesh.controlPlane.policies().current("catalog").revision();
    }
}
