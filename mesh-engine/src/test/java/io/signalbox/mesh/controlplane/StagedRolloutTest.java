package io.signalbox.mesh.controlplane;

import static io.signalbox.mesh.controlplane.TestMesh.NOTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.signalbox.mesh.canary.rollout.ScriptedJudge;
import io.signalbox.mesh.client.RolloutRequest;
import io.signalbox.mesh.metrics.CopyMeter;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.Mirror;
import io.signalbox.mesh.model.RoutingRule;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.model.status.RolloutPhase;
import io.signalbox.mesh.model.status.RolloutStage;
import io.signalbox.mesh.model.status.RolloutStatus;
import io.signalbox.mesh.model.status.ServiceKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StagedRolloutTest {

    private static final String POLICY = """
        apiVersion: signalbox.io/v1
        kind: TrafficPolicy
        service: catalog
        rules:
          - { match: { path: /old }, to: v1 }
        canary:
          stable: v1
          candidate: v2
          incrementDelay: 1m
          stages:
            - { match: { headers: { X-Beta: "yes" } }, delay: 2m }
            - { mirror: { share: 50 } }
        """;

    private final RolloutRig rig = new RolloutRig();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void aPolicyWithStagesGivesTheCandidateNothingBeforeItsRolloutBegins() {
        rig.mesh.put(POLICY);

        assertThat(rig.weight()).isZero();
        assertThat(policy().rules()).hasSize(1);
        assertThat(policy().experiments().mirror()).isEmpty();
    }

    @Test
    void sidecarsAreToldOfEachStageAndThePolicyOfNone() {
        rig.mesh.put(POLICY);
        RolloutStatus started = rig.rollouts.start("catalog", RolloutRequest.OF_THE_POLICY, NOTE);
        assertThat(started.stage()).isEqualTo(1);
        assertThat(started.stages())
                .extracting(RolloutStage::kind, RolloutStage::of)
                .containsExactly(
                        tuple(RolloutStage.Kind.HEADERS, "X-Beta: yes"),
                        tuple(RolloutStage.Kind.MIRROR, "50 % of GET, HEAD, OPTIONS"));
        assertThat(policy().rules())
                .hasSize(2)
                .last()
                .extracting(RoutingRule::versions)
                .isEqualTo(Set.of("v2"));
        assertThat(rig.mesh.shoppers.config("catalog").candidateWeight()).contains(Weight.NONE);
        assertThat(rig.mesh.controlPlane.policies().current("catalog").policy().rules())
                .hasSize(1);

        rig.judge.say(ScriptedJudge.ADVANCE);
        rig.pass(Duration.ofMinutes(2));
        assertThat(rig.status().stage()).isEqualTo(2);
        assertThat(policy().rules()).hasSize(1);
        assertThat(policy().experiments().mirror().flatMap(Mirror::version)).contains("v2");
        assertThat(rig.weight()).isZero();

        rig.pass(Duration.ofMinutes(1));
        assertThat(rig.status().stage()).isNull();
        assertThat(policy().experiments().mirror()).isEmpty();
        assertThat(rig.weight()).isEqualTo(10);
    }

    @Test
    void aRestartGoesOnInTheStageWhereItWas() {
        rig.mesh.put(POLICY);
        rig.rollouts.start("catalog", RolloutRequest.OF_THE_POLICY, NOTE);
        rig.judge.say(ScriptedJudge.ADVANCE);
        rig.pass(Duration.ofMinutes(2));

        rig.rollouts = rig.another(rig.mesh.store);
        assertThat(rig.status().stage()).isEqualTo(2);
        assertThat(rig.status().phase()).isEqualTo(RolloutPhase.RUNNING);
        try (TestMesh again = new TestMesh(Keeping::newest, (_, _) -> rig.mesh.store)) {
            assertThat(again.controlPlane.rollouts().list().getFirst().stage()).isEqualTo(2);
            assertThat(again.shoppers.config("catalog").policy().experiments().mirror())
                    .isPresent();
        }
    }

    @Test
    void anotherTimeoutInTheFileKeepsTheStage() {
        rig.mesh.put(POLICY);
        rig.rollouts.start("catalog", RolloutRequest.OF_THE_POLICY, NOTE);

        rig.mesh.put(POLICY + "timeout: 2s\n");
        rig.pass(Duration.ofSeconds(1));

        assertThat(rig.phase()).isEqualTo(RolloutPhase.RUNNING);
        assertThat(rig.status().stage()).isEqualTo(1);
        assertThat(policy().rules()).hasSize(2);
        assertThat(policy().timeout()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void anotherDelayOfAStageKeepsItAndIsFollowed() {
        rig.mesh.put(POLICY);
        rig.rollouts.start("catalog", RolloutRequest.OF_THE_POLICY, NOTE);

        rig.mesh.put(POLICY.replace("delay: 2m", "delay: 3m, gate: manual"));
        rig.pass(Duration.ofSeconds(1));

        assertThat(rig.phase()).isEqualTo(RolloutPhase.RUNNING);
        assertThat(rig.status().stage()).isEqualTo(1);
        assertThat(rig.status().delay()).isEqualTo(Duration.ofMinutes(3));
        assertThat(policy().rules()).hasSize(2);
    }

    @Test
    void oneWhoseStageWasEndedIsInItAgainOnceItIsResumed() {
        rig.mesh.put(POLICY);
        rig.rollouts.start("catalog", RolloutRequest.OF_THE_POLICY, NOTE);
        rig.mesh.controlPlane.policies().setWeights("catalog", Map.of("v2", Weight.NONE), NOTE);
        rig.pass(Duration.ofSeconds(1));
        assertThat(rig.phase()).isEqualTo(RolloutPhase.PAUSED);

        rig.rollouts.resume("catalog", OptionalLong.empty(), NOTE);

        assertThat(rig.phase()).isEqualTo(RolloutPhase.RUNNING);
        assertThat(rig.status().stage()).isEqualTo(1);
        assertThat(policy().rules()).hasSize(2);
    }

    @Test
    void anotherStageInItsPlacePausesItAndNoStageIsInForce() {
        rig.mesh.put(POLICY);
        rig.rollouts.start("catalog", RolloutRequest.OF_THE_POLICY, NOTE);

        rig.mesh.put(POLICY.replace("X-Beta", "X-Alpha"));
        rig.pass(Duration.ofSeconds(1));

        assertThat(rig.phase()).isEqualTo(RolloutPhase.PAUSED);
        assertThat(rig.status().why()).isEqualTo("mira set v2 to 0 % and ended stage 1 (rev 3): to see");
        assertThat(policy().rules()).hasSize(1);
    }

    @Test
    void aRollbackTakesTheStageOutOfForceAndAnUndoOfAWeightPutsItBack() {
        rig.mesh.put(POLICY);
        rig.rollouts.start("catalog", RolloutRequest.OF_THE_POLICY, NOTE);
        rig.mesh.controlPlane.policies().setWeights("catalog", Map.of("v2", new Weight(40)), NOTE);
        assertThat(policy().rules()).hasSize(1);

        rig.mesh.controlPlane.policies().undo("catalog", NOTE);
        assertThat(policy().rules()).hasSize(2);

        rig.rollouts.rollBack("catalog", OptionalLong.empty(), NOTE);
        assertThat(policy().rules()).hasSize(1);
        assertThat(rig.weight()).isZero();
    }

    @Test
    void whoStartsOneMayAskForStagesThatThePolicyDoesNotHave() {
        RolloutRequest request = new RolloutRequest(
                "v2",
                "v1",
                null,
                null,
                Duration.ofMinutes(1),
                null,
                null,
                null,
                Map.of("X-Beta", "yes"),
                5.0,
                null,
                null);
        RolloutStatus started = rig.rollouts.start("catalog", request, NOTE);

        assertThat(started.stages()).hasSize(2);
        assertThat(started.stage()).isEqualTo(1);
        assertThat(started.delay()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void blueGreenMovesAllRequestsInOneStepAndBackWhenTheEvidenceTurns() {
        RolloutRequest request = new RolloutRequest(
                "v2",
                "v1",
                null,
                null,
                Duration.ofMinutes(1),
                null,
                null,
                null,
                Map.of("X-Preview", "yes"),
                null,
                null,
                Duration.ofMinutes(5));
        RolloutStatus started = rig.rollouts.start("catalog", request, NOTE);
        assertThat(started.kind()).isEqualTo(RolloutStatus.Kind.BLUE_GREEN);
        assertThat(rig.weight()).isZero();

        rig.judge.say(ScriptedJudge.ADVANCE);
        rig.pass(Duration.ofMinutes(1));
        assertThat(rig.weight()).isEqualTo(100);
        assertThat(rig.phase()).isEqualTo(RolloutPhase.BAKING);

        rig.rollouts = rig.another(rig.mesh.store);
        assertThat(rig.status().kind()).isEqualTo(RolloutStatus.Kind.BLUE_GREEN);
        rig.judge.say(ScriptedJudge.ROLL_BACK);
        rig.pass(Duration.ofSeconds(11));
        assertThat(rig.weight()).isZero();
        assertThat(rig.phase()).isEqualTo(RolloutPhase.ROLLED_BACK);
    }

    @Test
    void whomBlueGreenAsksIsStillAskedAfterARestart() {
        rig.mesh.put("""
            apiVersion: signalbox.io/v1
            kind: TrafficPolicy
            service: catalog
            canary:
              stable: v1
              candidate: v2
              incrementDelay: 1m
              stages:
                - { match: { headers: { X-Preview: "yes" } } }
              blueGreen: {}
              webhooks:
                - { name: ready, url: 'http://ci/hook', when: before-step }
                - { name: report, url: 'http://ci/hook', when: after-step }
            """);
        rig.rollouts.start("catalog", RolloutRequest.OF_THE_POLICY, NOTE);
        rig.judge.say(ScriptedJudge.ADVANCE);
        rig.pass(Duration.ofSeconds(61));
        assertThat(rig.webhooks.letters).hasSize(1);
        assertThat(rig.weight()).isZero();

        rig.rollouts = rig.another(rig.mesh.store);
        rig.pass(Duration.ofSeconds(1));
        assertThat(rig.webhooks.letters).hasSize(2);
        rig.webhooks.agree();
        rig.webhooks.agree();
        rig.pass(Duration.ofSeconds(1));
        assertThat(rig.weight()).isEqualTo(100);

        rig.pass(Duration.ofMinutes(11));
        assertThat(rig.webhooks.newest().webhook().name()).isEqualTo("report");
        assertThat(rig.status().phase()).isNotEqualTo(RolloutPhase.PROMOTED);
        rig.webhooks.agree();
        rig.pass(Duration.ofSeconds(1));
        assertThat(rig.phase()).isEqualTo(RolloutPhase.PROMOTED);
    }

    @Test
    void blueGreenWithoutAStageIsRefused() {
        RolloutRequest request = new RolloutRequest(
                "v2", "v1", null, null, null, null, null, null, null, null, null, Duration.ofMinutes(5));

        assertThatThrownBy(() -> rig.rollouts.start("catalog", request, NOTE))
                .hasMessage("keepFor: without a stage (expected: headers or mirror beside it, to check the candidate)");
    }

    @Test
    void aMirrorStageBesideAMirrorOfThePolicyIsRefusedBeforeItBegins() {
        rig.mesh.put("apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: catalog\nmirror: { version: v2 }\n");
        RolloutRequest request =
                new RolloutRequest("v2", "v1", null, null, null, null, null, null, null, 5.0, null, null);

        assertThatThrownBy(() -> rig.rollouts.start("catalog", request, NOTE))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageStartingWith("mirror: beside a stage");
        assertThat(rig.rollouts.list()).isEmpty();
    }

    @Test
    void copiesAreWhatAMirrorStageIsJudgedBy() {
        rig.mesh.put(POLICY.replaceFirst("    - \\{ match.*\n", ""));
        rig.rollouts.start("catalog", RolloutRequest.OF_THE_POLICY, NOTE);
        // what a sidecar tells first, soon after the change, may be of before
        rig.pass(Duration.ofSeconds(2));
        CopyMeter meter = new CopyMeter();
        for (int i = 0; i < 20; i++) {
            meter.copied("catalog", "v2", 200, 5_000_000, i == 0 ? 500 : 200, 6_000_000);
        }
        meter.failed("catalog", "v2");
        rig.rollouts.record(
                new FakeSidecar("storefront", "storefront-1", ServiceKind.SERVICE),
                new SidecarReport(List.of(), List.of(), List.of(), meter.drain()));

        rig.pass(Duration.ofSeconds(11));

        assertThat(rig.judge.last())
                .hasValueSatisfying(rollout ->
                        assertThat(rollout.evidence().candidateRequests()).isEqualTo(20));
        assertThat(rig.status().watched()).isPositive();
    }

    private TrafficPolicy policy() {
        ServiceConfig told = rig.mesh.shoppers.config("catalog");
        return told.policy();
    }
}
