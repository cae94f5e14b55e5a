package io.signalbox.mesh.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.mesh.client.RolloutRequest;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.event.MeshEvent;
import io.signalbox.mesh.event.RecordedEvent;
import io.signalbox.mesh.model.status.RolloutPhase;
import io.signalbox.mesh.model.status.RolloutStatus;
import io.signalbox.mesh.model.status.ServiceKind;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rollouts of two control planes, of which the first leads; the only caller is attached to the second. */
class SharedRolloutsTest {

    private static final RolloutRequest V2 =
            new RolloutRequest("v2", null, null, 30, Duration.ofMinutes(1), null, null, null);

    private final SharedMesh mesh = new SharedMesh();
    private final FakeSidecar caller = new FakeSidecar("storefront", "storefront-1", ServiceKind.CLIENT);

    @BeforeEach
    void register() {
        mesh.a.register("catalog", "catalog-1", "v1");
        mesh.a.register("catalog", "catalog-2", "v2");
        await().until(() -> mesh.b.has("catalog", "catalog-2"));
        mesh.b.controlPlane.attach(caller);
    }

    @AfterEach
    void close() {
        mesh.close();
    }

    @Test
    void whatIsStartedThroughAFollowerIsKnownToTheLeader() {
        start();

        await().untilAsserted(() -> assertThat(mesh.a.events.after(0, 100))
                .extracting(RecordedEvent::event)
                .anyMatch(MeshEvent.RolloutMoved.class::isInstance));
    }

    @Test
    void aVersionThatFailsIsTakenBackByTheLeaderThoughOnlyTheFollowerSeesItsCallers() {
        start();

        for (int i = 0; i < 40 && status(mesh.a).phase() == RolloutPhase.RUNNING; i++) {
            caller.calls(90, "catalog", "v1", "catalog-1");
            caller.calls(10, "catalog", "v2", "catalog-2", 500, Duration.ofMillis(1));
            keepAlive();
            mesh.pass(Duration.ofSeconds(1));
        }

        assertThat(status(mesh.a).phase()).isEqualTo(RolloutPhase.ROLLED_BACK);
        await().untilAsserted(() -> assertThat(status(mesh.b).phase()).isEqualTo(RolloutPhase.ROLLED_BACK));
    }

    @Test
    void whatTheFollowerSawIsTakenIntoAccountOnce() {
        start();

        for (int i = 0; i < 35; i++) {
            caller.calls(1, "catalog", "v1", "catalog-1");
            caller.calls(1, "catalog", "v2", "catalog-2");
            keepAlive();
            mesh.pass(Duration.ofSeconds(1));
        }

        String kept = Json.text(new RolloutJournal(mesh.store)
                .book("catalog")
                .active()
                .orElseThrow()
                .rollout()
                .evidence());
        Matcher counted = Pattern.compile("\"candidateRequests\":(\\d+)").matcher(kept);
        assertThat(counted.find()).isTrue();
        // the rest is on its way
        assertThat(Long.parseLong(counted.group(1))).isBetween(15L, 35L);
    }

    private void start() {
        mesh.b.controlPlane.rollouts().start("catalog", V2, TestMesh.NOTE);
        await().until(() -> !mesh.a.controlPlane.rollouts().list().isEmpty());
    }

    private void keepAlive() {
        mesh.a.controlPlane.members().heartbeat("catalog", Optional.empty());
    }

    private static RolloutStatus status(SharedMesh.Plane plane) {
        return plane.controlPlane.rollouts().list().getFirst();
    }
}
