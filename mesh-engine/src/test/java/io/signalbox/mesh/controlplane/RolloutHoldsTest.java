package io.signalbox.mesh.controlplane;

import static io.signalbox.mesh.controlplane.TestMesh.NOTE;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.canary.rollout.ScriptedJudge;
import io.signalbox.mesh.client.RolloutRequest;
import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.model.status.RolloutCause;
import io.signalbox.mesh.model.status.WebhookStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which of several things that may hold a rollout is told as the one that does. */
class RolloutHoldsTest {

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final String POLICY = """
        apiVersion: signalbox.io/v1
        kind: TrafficPolicy
        service: catalog
        canary:
          stable: v1
          candidate: v2
          steps: [{weight: 10, delay: 1m}, {weight: 100, delay: 1m}]
          webhooks: [{name: ready, url: 'http://ci/hook', when: before-step}]
        """;

    private final RolloutRig rig = new RolloutRig();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void aVerdictThatNoLongerHoldsIsWhatHoldsAlthoughAChangeWaitsToBeConfirmed() {
        String afterwards = POLICY.replace("before-step", "after-step");
        rig.mesh.put(afterwards);
        rig.rollouts.start("catalog", RolloutRequest.OF_THE_POLICY, NOTE);
        rig.judge.say(ScriptedJudge.ADVANCE);
        rig.pass(Duration.ofSeconds(71));
        waitingTimeout(afterwards);
        rig.judge.say(ScriptedJudge.NOT_ENOUGH);
        rig.webhooks.agree();
        rig.pass(LOOK);

        assertThat(rig.status().webhooks().getFirst().state()).isEqualTo(WebhookStatus.State.AGREED);
        assertThat(rig.status().cause()).isEqualTo(RolloutCause.VERDICT);
        rig.judge.say(ScriptedJudge.ADVANCE);
        assertThat(rig.status().cause()).isEqualTo(RolloutCause.CONFIRMATION);
    }

    @Test
    void onceEveryWebhookHasAgreedAChangeThatWaitsToBeConfirmedIsWhatHolds() {
        rig.mesh.put(POLICY);
        rig.rollouts.start("catalog", RolloutRequest.OF_THE_POLICY, NOTE);
        waitingTimeout(POLICY);
        rig.pass(LOOK);
        assertThat(rig.status().cause()).isEqualTo(RolloutCause.WEBHOOK);

        rig.webhooks.agree();
        rig.pass(LOOK);

        assertThat(rig.weight()).isZero();
        assertThat(rig.status().cause()).isEqualTo(RolloutCause.CONFIRMATION);
        assertThat(rig.status().why()).isEqualTo("It holds, since a change of the policy waits to be confirmed.");
        rig.mesh.controlPlane.policies().confirm("catalog", OptionalLong.empty(), NOTE);
        rig.pass(Duration.ofSeconds(30));
        assertThat(rig.weight()).isEqualTo(10);
    }

    @Test
    void aBadEnvironmentIsToldBeforeIt() {
        rig.mesh.put(POLICY);
        rig.rollouts.start("catalog", RolloutRequest.OF_THE_POLICY, NOTE);
        waitingTimeout(POLICY);
        rig.pass(LOOK);
        rig.judge.say(ScriptedJudge.ENVIRONMENT_BAD);
        rig.webhooks.agree();
        rig.pass(LOOK);

        assertThat(rig.status().cause()).isEqualTo(RolloutCause.VERDICT);
        assertThat(rig.status().why()).isEqualTo(ScriptedJudge.ENVIRONMENT_BAD.why());
    }

    private void waitingTimeout(String policy) {
        rig.mesh
                .controlPlane
                .policies()
                .put(
                        PolicyFormat.read(policy + "timeout: 3s\n"),
                        OptionalLong.empty(),
                        NOTE,
                        Optional.of(Duration.ofHours(1)));
    }
}
