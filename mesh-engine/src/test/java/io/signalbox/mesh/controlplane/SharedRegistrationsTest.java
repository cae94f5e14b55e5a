package io.signalbox.mesh.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.signalbox.mesh.event.MeshEvent;
import io.signalbox.mesh.model.Switch;
import io.signalbox.mesh.model.UnknownNameException;
import io.signalbox.mesh.store.CutOffException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Instances that register with one of two control planes; the first of them leads. */
class SharedRegistrationsTest {

    private static final Duration BEAT = Duration.ofSeconds(5);

    private final SharedMesh mesh = new SharedMesh();

    @BeforeEach
    void register() {
        mesh.a.register("catalog", "catalog-1", "v1");
        await().until(() -> mesh.b.has("catalog", "catalog-1"));
    }

    @AfterEach
    void close() {
        mesh.close();
    }

    @Test
    void whoRegisteredWithOneIsKnownToTheOtherByTheSameTime() {
        assertThat(mesh.b.controlPlane.members().instances("catalog"))
                .extracting(held -> held.registeredAt())
                .containsExactly(mesh.a
                        .controlPlane
                        .members()
                        .instances("catalog")
                        .getFirst()
                        .registeredAt());
    }

    @Test
    void heartbeatsAreWrittenNowhere() {
        long before = mesh.store.revision();

        for (int i = 0; i < 20; i++) {
            mesh.pass(BEAT);
            beat(mesh.a);
        }

        assertThat(mesh.store.revision()).isEqualTo(before);
        assertThat(mesh.b.has("catalog", "catalog-1")).isTrue();
    }

    @Test
    void whoSendsNoHeartbeatIsForgottenByBoth() {
        mesh.pass(SharedMesh.LIFE.plusSeconds(2));

        assertThat(mesh.a.has("catalog", "catalog-1")).isFalse();
        await().until(() -> !mesh.b.has("catalog", "catalog-1"));
    }

    @Test
    void whoseHeartbeatsGoToAnotherIsKept() {
        for (int i = 0; i < 20; i++) {
            mesh.pass(BEAT);
            beat(mesh.b);
        }

        assertThat(mesh.a.has("catalog", "catalog-1")).isTrue();
        assertThat(mesh.b.has("catalog", "catalog-1")).isTrue();
    }

    @Test
    void whoseControlPlaneIsGoneStaysAsLongAsItSendsHeartbeatsToTheOther() {
        mesh.a.close();
        await().until(mesh.b::leads);

        for (int i = 0; i < 20; i++) {
            mesh.passWithout(mesh.a, BEAT);
            beat(mesh.b);
        }

        assertThat(mesh.b.has("catalog", "catalog-1")).isTrue();
    }

    @Test
    void whoseControlPlaneIsGoneIsForgottenAfterItsTimeAndNotBefore() {
        mesh.a.close();
        await().until(mesh.b::leads);

        mesh.passWithout(mesh.a, SharedMesh.LIFE.minusSeconds(2));
        assertThat(mesh.b.has("catalog", "catalog-1")).isTrue();
        mesh.passWithout(mesh.a, Duration.ofSeconds(5));

        assertThat(mesh.b.has("catalog", "catalog-1")).isFalse();
    }

    @Test
    void aControlPlaneThatSleptForgetsNobody() {
        mesh.pass(BEAT);

        mesh.a.slept(SharedMesh.LIFE.multipliedBy(2));
        mesh.pass(BEAT);

        assertThat(mesh.a.has("catalog", "catalog-1")).isTrue();
        mesh.pass(SharedMesh.LIFE);
        assertThat(mesh.a.has("catalog", "catalog-1")).isFalse();
    }

    @Test
    void whoIsCutOffRefusesWhatItHearsSoThatItIsToldToAnother() {
        mesh.a.way.cut();
        mesh.pass(Replica.LEASE.plusSeconds(2));

        assertThatThrownBy(() -> beat(mesh.a)).isInstanceOf(CutOffException.class);
        assertThatThrownBy(() -> mesh.a.register("catalog", "catalog-2", "v1")).isInstanceOf(CutOffException.class);
        assertThat(mesh.a.controlPlane.sendsAway()).isTrue();
        for (int i = 0; i < 20; i++) {
            mesh.pass(BEAT);
            beat(mesh.b);
        }
        assertThat(mesh.b.has("catalog", "catalog-1")).isTrue();
    }

    @Test
    void whoWasForgottenByOthersThoughTheOneThatIsCutOffHeardItIsWrittenAgain() {
        mesh.a.way.cut();
        mesh.pass(Replica.LEASE.plusSeconds(2));
        await().until(() -> {
            assertThatThrownBy(() -> beat(mesh.a)).isInstanceOf(CutOffException.class);
            mesh.pass(BEAT);
            return !mesh.b.has("catalog", "catalog-1");
        });

        mesh.a.way.mend();

        await().until(() -> {
            mesh.pass(Duration.ofSeconds(1));
            return mesh.b.has("catalog", "catalog-1");
        });
        assertThat(mesh.a.has("catalog", "catalog-1")).isTrue();
    }

    @Test
    void whoLeavesIsOutByNameForBothAndForThoseThatStartLater() {
        mesh.b.controlPlane.members().deregister("catalog", Optional.of("catalog-1"));

        await().untilAsserted(() ->
                assertThat(mesh.a.controlPlane.members().out("catalog")).containsExactly("catalog-1"));
        assertThat(mesh.b.controlPlane.members().out("catalog")).containsExactly("catalog-1");
        SharedMesh.Plane later = mesh.new Plane("c");
        await().untilAsserted(() ->
                assertThat(later.controlPlane.members().out("catalog")).containsExactly("catalog-1"));
        later.close();
    }

    @Test
    void whoLeftMayComeBack() {
        mesh.b.controlPlane.members().deregister("catalog", Optional.of("catalog-1"));

        mesh.b.register("catalog", "catalog-1", "v2");

        await().untilAsserted(() ->
                assertThat(mesh.a.controlPlane.members().versions("catalog")).containsOnlyKeys("v2"));
        assertThat(mesh.a.controlPlane.members().departedOf()).isEmpty();
        assertThat(mesh.a.controlPlane.members().out("catalog")).isEmpty();
    }

    @Test
    void aDrainHoldsForBothAndForThoseThatStartLater() {
        mesh.b.controlPlane.members().setDraining("catalog", "catalog-1", Switch.ON, TestMesh.NOTE);

        await().untilAsserted(() ->
                assertThat(mesh.a.registry.drain("catalog", "catalog-1")).contains(MeshEvent.Drain.DRAINING));
        SharedMesh.Plane later = mesh.new Plane("c");
        await().untilAsserted(() ->
                assertThat(later.registry.drain("catalog", "catalog-1")).contains(MeshEvent.Drain.DRAINING));
        later.close();
    }

    @Test
    void heartbeatsOfStrangersAreRefused() {
        assertThatThrownBy(() -> mesh.b.controlPlane.members().heartbeat("catalog", Optional.of("catalog-9")))
                .isInstanceOf(UnknownNameException.class);
        assertThatThrownBy(() -> mesh.b.controlPlane.members().deregister("stock", Optional.empty()))
                .isInstanceOf(UnknownNameException.class);
    }

    private static void beat(SharedMesh.Plane plane) {
        plane.controlPlane.members().heartbeat("catalog", Optional.of("catalog-1"));
    }
}
