package io.signalbox.mesh.controlplane;

import static io.signalbox.mesh.controlplane.TestMesh.NOTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.mesh.canary.rollout.ScriptedJudge;
import io.signalbox.mesh.canary.rollout.WrongPhaseException;
import io.signalbox.mesh.client.RolloutRequest;
import io.signalbox.mesh.event.MeshEvent;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.model.status.RolloutCause;
import io.signalbox.mesh.model.status.RolloutPhase;
import io.signalbox.mesh.model.status.RolloutStatus;
import io.signalbox.mesh.store.Transaction;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whose turn it is, and which rollout a command means. */
class RolloutTurnsTest {

    private static final RolloutRequest V2_FROM_V1 =
            new RolloutRequest("v2", "v1", null, null, Duration.ofMinutes(1), null, null, null);
    private static final RolloutRequest V3_FROM_V1 = RolloutRequest.of("v3").from("v1");

    private final RolloutRig rig = new RolloutRig();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void oneThatWaitedThroughARestartBeginsOnceInstancesHadTimeToRegister() {
        rig.mesh.register("catalog", "catalog-v3-1", "v3");
        rig.rollouts.start("catalog", V2_FROM_V1, NOTE);
        rig.rollouts.start("catalog", V3_FROM_V1, NOTE);
        rig.rollouts.rollBack("catalog", OptionalLong.of(1), NOTE);
        rig.mesh.controlPlane.members().deregister("catalog", Optional.empty());
        rig.complete = false;
        rig.rollouts = rig.another(rig.mesh.store);

        rig.pass(Duration.ofSeconds(20));

        RolloutStatus waiting = rig.rollouts.list().getLast();
        assertThat(waiting.phase()).isEqualTo(RolloutPhase.QUEUED);
        assertThat(waiting.cause()).isEqualTo(RolloutCause.REGISTRATIONS);
        rig.mesh.register("catalog", "catalog-1", "v1");
        rig.mesh.register("catalog", "catalog-v3-1", "v3");
        rig.complete = true;
        rig.pass(Duration.ofSeconds(1));
        assertThat(rig.status().number()).isEqualTo(2);
        assertThat(rig.phase()).isEqualTo(RolloutPhase.RUNNING);
    }

    @Test
    void oneThatWaitedBeginsFromWhatIsStableThenWhateverItAskedFor() {
        rig.mesh.register("catalog", "catalog-v3-1", "v3");
        rig.rollouts.start("catalog", V2_FROM_V1, NOTE);
        rig.rollouts.start("catalog", V3_FROM_V1, NOTE);
        rig.rollouts.promote("catalog", OptionalLong.of(1), NOTE);

        rig.pass(Duration.ofSeconds(1));

        assertThat(rig.status().stable()).isEqualTo("v2");
        assertThat(rig.asked()).isEqualTo(Map.of("v2", new Weight(90), "v3", new Weight(10)));
    }

    @Test
    void afterARollbackItBeginsFromTheStableVersionThatStayed() {
        rig.mesh.register("catalog", "catalog-v3-1", "v3");
        rig.rollouts.start("catalog", V2_FROM_V1, NOTE);
        rig.rollouts.start("catalog", V3_FROM_V1, NOTE);
        rig.rollouts.rollBack("catalog", OptionalLong.of(1), NOTE);

        rig.pass(Duration.ofSeconds(1));

        assertThat(rig.asked()).isEqualTo(Map.of("v1", new Weight(90), "v3", new Weight(10)));
    }

    @Test
    void aCommandForARolloutWhosePlaceAnotherTookIsRefused() {
        rig.mesh.register("catalog", "catalog-v3-1", "v3");
        rig.rollouts.start("catalog", V2_FROM_V1, NOTE);
        rig.rollouts.start("catalog", V3_FROM_V1, NOTE);
        rig.rollouts.rollBack("catalog", OptionalLong.of(1), NOTE);
        rig.pass(Duration.ofSeconds(1));

        OptionalLong first = OptionalLong.of(1);
        assertThatThrownBy(() -> rig.rollouts.promote("catalog", first, NOTE))
                .isInstanceOf(WrongPhaseException.class)
                .hasMessage("rollout: number 2 of v3 (expected: one that has number 1)");
        assertThatThrownBy(() -> rig.rollouts.rollBack("catalog", first, NOTE)).isInstanceOf(WrongPhaseException.class);
        assertThatThrownBy(() -> rig.rollouts.pause("catalog", first, NOTE)).isInstanceOf(WrongPhaseException.class);
        assertThatThrownBy(() -> rig.rollouts.resume("catalog", first, NOTE)).isInstanceOf(WrongPhaseException.class);
        assertThat(rig.phase()).isEqualTo(RolloutPhase.RUNNING);
        assertThat(rig.rollouts.pause("catalog", OptionalLong.of(2), NOTE).phase())
                .isEqualTo(RolloutPhase.PAUSED);
    }

    @Test
    void aLookBetweenACommandAndWhatIsToldOfItCountsNoTimeOfBefore() {
        rig.mesh.put("""
            apiVersion: signalbox.io/v1
            kind: TrafficPolicy
            service: catalog
            canary:
              stable: v1
              candidate: v2
              steps: [{weight: 10, delay: 30s, gate: manual}, {weight: 50, delay: 5m}]
            """);
        rig.rollouts.start("catalog", RolloutRequest.OF_THE_POLICY, NOTE);
        rig.judge.say(ScriptedJudge.ADVANCE);
        rig.pass(Duration.ofSeconds(31));
        assertThat(rig.phase()).isEqualTo(RolloutPhase.AT_GATE);
        rig.judge.say(ScriptedJudge.NOT_ENOUGH);
        rig.mesh.time.advance(Duration.ofSeconds(20));
        Runnable stop = rig.mesh.events.listen(event -> {
            if (event.event() instanceof MeshEvent.WeightChanged) {
                rig.rollouts.look(Transaction.EMPTY);
            }
        });

        rig.rollouts.resume("catalog", OptionalLong.empty(), NOTE);
        stop.run();

        assertThat(rig.weight()).isEqualTo(50);
        assertThat(rig.status().watched()).isZero();
    }
}
