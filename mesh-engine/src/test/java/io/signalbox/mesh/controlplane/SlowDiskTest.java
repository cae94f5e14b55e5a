package io.signalbox.mesh.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.client.RolloutRequest;
import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.model.status.RolloutPhase;
import io.signalbox.mesh.store.LocalStore;
import io.signalbox.mesh.time.LogEar;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What may wait for the disk is done beside the tick. */
final class SlowDiskTest {

    private final Deque<Runnable> disk = new ArrayDeque<>();
    private final TestMesh mesh = new TestMesh(Keeping::newest, LocalStore::inMemory, disk::add);

    @AfterEach
    void stop() {
        mesh.close();
    }

    @Test
    void aTickDoesNotWaitForItAndNothingIsAskedOfItTwice() {
        long before = mesh.controlPlane.snapshot().sequence();

        mesh.tick();
        mesh.tick();
        mesh.tick();

        assertThat(mesh.controlPlane.snapshot().sequence()).isGreaterThanOrEqualTo(before + 3);
        assertThat(disk).hasSize(1);

        disk.remove().run();
        mesh.tick();

        assertThat(disk).hasSize(1);
    }

    @Test
    void aRolloutGoesOneStepForOneLookHoweverLongTheDiskTakes() {
        begin();
        mesh.after(Duration.ofMinutes(5));

        assertThat(mesh.controlPlane.rollouts().list().getFirst().phase()).isEqualTo(RolloutPhase.RUNNING);
        assertThat(disk).hasSize(1);
        long written = mesh.store.revision();
        disk.remove().run();

        assertThat(mesh.store.revision())
                .as("what was seen in a window of minutes is no evidence of a step of seconds")
                .isEqualTo(written);
        assertThat(mesh.controlPlane.rollouts().list().getFirst().phase()).isEqualTo(RolloutPhase.RUNNING);
    }

    @Test
    void aLookThatADiskIsInTimeForIsWrittenOnce() {
        begin();
        mesh.shoppers.calls(50, "catalog", "v1", "catalog-1").calls(50, "catalog", "v2", "catalog-v2-1");
        mesh.after(RolloutWatch.length(Duration.ofMinutes(5)).plus(ControlPlane.TICK));
        assertThat(disk).hasSize(1);
        long written = mesh.store.revision();
        disk.remove().run();

        assertThat(mesh.store.revision()).isEqualTo(written + 1);

        mesh.tick();
        disk.remove().run();

        assertThat(mesh.store.revision()).isEqualTo(written + 1);
    }

    private void begin() {
        mesh.put(TestMesh.CANARY);
        mesh.controlPlane.rollouts().start("catalog", RolloutRequest.OF_THE_POLICY, TestMesh.NOTE);
    }

    @Test
    void whatNobodyConfirmedIsTakenBackWhenTheDiskIsReady() {
        mesh.controlPlane
                .policies()
                .put(
                        PolicyFormat.read(TestMesh.CANARY),
                        OptionalLong.empty(),
                        TestMesh.NOTE,
                        Optional.of(Duration.ofSeconds(10)));
        mesh.after(Duration.ofSeconds(11));
        assertThat(mesh.controlPlane.policies().pending()).isNotEmpty();

        disk.remove().run();

        assertThat(mesh.controlPlane.policies().pending()).isEmpty();
        assertThat(mesh.shoppers.config("catalog").candidateWeight()).isEmpty();
    }

    @Test
    void aDefectThereDoesNotEndIt() {
        AtomicInteger asked = new AtomicInteger();
        try (LogEar _ = new LogEar(Beside.class.getName())) {
            Beside beside = new Beside(Runnable::run, () -> {
                throw new IllegalStateException("defect " + asked.incrementAndGet());
            });

            beside.ask();
            beside.ask();
        }

        assertThat(asked).hasValue(2);
    }
}
