package io.signalbox.console.confirm;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.fixture.SnapshotFixtures;
import io.signalbox.console.screen.Nodes;
import io.signalbox.console.screen.ScreenBench;
import io.signalbox.console.testing.Fx;
import io.signalbox.console.widget.MeshButton;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.client.PendingChange;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ConfirmBarTest {

    private static final PendingChange CATALOG =
            new PendingChange("catalog", 7, 6, Instant.EPOCH, 48_000, "mira", "faster");

    @Test
    void whatWaitsIsCountedDownAndKeptAtTheRevisionThatWasSeen() {
        Fx.run(() -> {
            ScreenBench on = bench();
            PendingViewModel model = model(on);
            ConfirmBar bar = new ConfirmBar(model, on.bench.texts(), on.bench.formats());
            on.time.advance(Duration.ofSeconds(1));
            assertThat(bar.isManaged()).isFalse();

            on.mesh.waits(CATALOG);
            on.time.advance(Duration.ofSeconds(1));
            assertThat(Nodes.words(bar))
                    .contains("catalog revision 7 is taken back in 0:48 unless somebody keeps it", "by mira: faster");
            Nodes.all(bar, MeshButton.class).getLast().fire();
            assertThat(on.mesh.asked()).containsExactly("confirm catalog 7 by console");
            assertThat(bar.isManaged()).isFalse();
        });
    }

    @Test
    void revertTakesBackWhatIsShown() {
        Fx.run(() -> {
            ScreenBench on = bench();
            PendingViewModel model = model(on);
            on.mesh.waits(CATALOG);
            on.time.advance(Duration.ofSeconds(1));
            model.revert();
            assertThat(on.mesh.asked()).containsExactly("revert catalog 7 by console");
        });
    }

    @Test
    void aRefusedAnswerIsSaidAndTheChangeStillWaits() {
        Fx.run(() -> {
            ScreenBench on = bench();
            PendingViewModel model = model(on);
            ConfirmBar bar = new ConfirmBar(model, on.bench.texts(), on.bench.formats());
            on.mesh.waits(CATALOG);
            on.time.advance(Duration.ofSeconds(1));
            on.mesh.refuseWith(new MeshException(MeshException.Kind.CONFLICT, "revision: 7 (expected: 8)"));
            model.keep();
            assertThat(Nodes.words(bar)).contains("Nothing changed: revision: 7 (expected: 8)");
        });
    }

    @Test
    void whileNothingComesItCountsOnAndAsksNothing() {
        Fx.run(() -> {
            ScreenBench on = bench();
            PendingViewModel model = model(on);
            on.mesh.waits(CATALOG);
            on.time.advance(Duration.ofSeconds(1));
            on.mesh.disconnect("gone");
            on.mesh.waits();
            on.time.advance(Duration.ofSeconds(10));
            assertThat(model.next().get().orElseThrow().left()).isEqualTo(Duration.ofSeconds(38));
            model.close();
            assertThat(on.time.waiting()).isZero();
        });
    }

    private static ScreenBench bench() {
        ScreenBench on = new ScreenBench(Locale.ENGLISH);
        on.mesh.deliver(SnapshotFixtures.calm());
        return on;
    }

    private static PendingViewModel model(ScreenBench on) {
        return new PendingViewModel(on.feed, on.bench.commands(), on.time, on.time, "console");
    }
}
