package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.canary.rollout.Judge;
import io.signalbox.mesh.canary.rollout.ScriptedJudge;
import io.signalbox.mesh.client.RolloutRequest;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.model.status.RolloutPhase;
import io.signalbox.mesh.model.status.RolloutStatus;
import io.signalbox.mesh.store.LocalStore;
import io.signalbox.mesh.store.Store;
import io.signalbox.mesh.store.Transaction;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A small mesh whose rollouts are judged as a test says. */
final class RolloutRig implements AutoCloseable {

    /** Steps of 30 % each minute: 10, 40, 70, 100. */
    static final RolloutRequest V2 = new RolloutRequest("v2", null, null, 30, Duration.ofMinutes(1), null, null, null);

    final TestMesh mesh;
    final ScriptedJudge judge = new ScriptedJudge();
    final FakeWebhooks webhooks = new FakeWebhooks();
    RolloutControl rollouts;

    private final Optional<Judge> verdicts;

    /** Whether instances had time to register. */
    boolean complete = true;

    RolloutRig() {
        this(mesh(), Optional.empty());
    }

    RolloutRig(TestMesh mesh) {
        this(mesh, Optional.empty());
    }

    /** One whose verdicts are not scripted. */
    RolloutRig(Judge judge) {
        this(mesh(), Optional.of(judge));
    }

    private RolloutRig(TestMesh mesh, Optional<Judge> verdicts) {
        this.mesh = mesh;
        this.verdicts = verdicts;
        rollouts = another(mesh.store);
    }

    private static TestMesh mesh() {
        // the mesh's own control plane looks at the same store, and must take no answer away
        return new TestMesh(Keeping::newest, LocalStore::inMemory, Runnable::run, new FakeWebhooks());
    }

    /** One more control of the same rollouts, as after a restart, or beside the first. */
    RolloutControl another(Store store) {
        PolicyControl policies = mesh.controlPlane.policies();
        RolloutWriter writer = new RolloutWriter(
                store, verdicts.orElse(judge), policies, mesh.controlPlane.audit(), mesh.events, mesh.time);
        return new RolloutControl(
                policies,
                mesh.controlPlane.members(),
                writer,
                Optional.empty(),
                mesh.time,
                mesh.time,
                () -> complete,
                webhooks,
                new WebhookNotices(store, webhooks, mesh.time, mesh.time));
    }

    /** Lets time pass, and looks every half second as the control plane does. */
    RolloutRig pass(Duration time) {
        for (long ticks = time.dividedBy(ControlPlane.TICK); ticks > 0; ticks--) {
            mesh.time.advance(ControlPlane.TICK);
            rollouts.look(Transaction.EMPTY);
        }
        return this;
    }

    RolloutStatus status() {
        return rollouts.list().getFirst();
    }

    RolloutPhase phase() {
        return status().phase();
    }

    /** What sidecars were told that v2 gets. */
    int weight() {
        return PolicyControl.weights(mesh.controlPlane.policies().current("catalog"))
                .asked()
                .getOrDefault("v2", Weight.NONE)
                .percent();
    }

    Map<String, Weight> asked() {
        return mesh.controlPlane.policies().asked("catalog");
    }

    @Override
    public void close() {
        mesh.close();
    }
}
