package io.signalbox.console.confirm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.console.control.Commands;
import io.signalbox.console.control.ReadOnlyMesh;
import io.signalbox.console.control.WriteLock;
import io.signalbox.console.screen.Nodes;
import io.signalbox.console.screen.ScreenBench;
import io.signalbox.console.testing.Fx;
import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.Weight;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LockBarTest {

    private static final ChangeNote NOTE = new ChangeNote("console", "the bank is down");

    @Test
    void aLockedMeshIsReadAndNotChangedWhateverIsAsked() {
        Fx.run(() -> {
            ScreenBench on = new ScreenBench(Locale.ENGLISH);
            WriteLock lock = new WriteLock(on.time, on.time);
            MeshConnection mesh = ReadOnlyMesh.over(on.mesh, lock::refuses);
            assertThat(mesh.snapshot()).isNotNull();
            assertThatThrownBy(() -> mesh.setWeights("catalog", Map.of("v2", new Weight(50)), NOTE))
                    .isInstanceOf(MeshException.class)
                    .hasMessage("read-only: embedded (expected: unlocked, with a reason)");
            assertThatThrownBy(() -> mesh.confirming(Duration.ofSeconds(60))).isInstanceOf(MeshException.class);
            assertThat(on.mesh.asked()).isEmpty();
        });
    }

    @Test
    void itOpensForAReasonThatTheAuditLogGetsAndClosesByItself() {
        Fx.run(() -> {
            ScreenBench on = new ScreenBench(Locale.ENGLISH);
            WriteLock lock = new WriteLock(on.time, on.time);
            MeshConnection mesh = ReadOnlyMesh.over(on.mesh, lock::refuses);
            LockBar bar = bar(on, lock);
            assertThat(Nodes.words(bar))
                    .contains("Prod is read-only", "Unlock…")
                    .doesNotContain("Lock now");

            lock.unlock(NOTE, on.bench.commands());
            assertThat(on.mesh.asked()).containsExactly("unlock by console: the bank is down");
            assertThat(Nodes.words(bar)).contains("Prod is unlocked, 15:00 left", "the bank is down", "Lock now");
            mesh.setLoad(1, NOTE);
            on.time.advance(WriteLock.OPEN);
            assertThat(lock.locked().get()).isTrue();
            assertThatThrownBy(() -> mesh.setLoad(2, NOTE)).isInstanceOf(MeshException.class);
            lock.close();
            assertThat(on.time.waiting()).isZero();
        });
    }

    @Test
    void itStaysClosedWhenTheReasonCouldNotBeWrittenDown() {
        Fx.run(() -> {
            ScreenBench on = new ScreenBench(Locale.ENGLISH);
            WriteLock lock = new WriteLock(on.time, on.time);
            LockBar bar = bar(on, lock);
            on.mesh.refuseWith(new MeshException(MeshException.Kind.FORBIDDEN, "scope: read (expected: operate)"));
            lock.unlock(NOTE, on.bench.commands());
            assertThat(lock.refuses()).isTrue();
            assertThat(Nodes.words(bar)).contains("Not unlocked: scope: read (expected: operate)");
        });
    }

    private static LockBar bar(ScreenBench on, WriteLock lock) {
        Commands plain = on.bench.commands();
        return new LockBar(
                lock,
                reason -> lock.unlock(new ChangeNote("console", reason), plain),
                on.overlays(),
                on.bench.texts(),
                on.bench.formats(),
                "shop-eu1");
    }
}
