package io.signalbox.console.topology;

import io.signalbox.console.control.Commands;
import io.signalbox.console.feed.MeshFeed;
import io.signalbox.console.fixture.SnapshotFixtures;
import io.signalbox.console.format.Formats;
import io.signalbox.console.text.Texts;
import io.signalbox.console.theme.MemoryPreferences;
import io.signalbox.console.widget.Overlays;
import io.signalbox.console.widget.Question;
import io.signalbox.console.widget.Toast;
import io.signalbox.mesh.event.MeshEvent;
import io.signalbox.mesh.event.RecordedEvent;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.CircuitReason;
import io.signalbox.mesh.model.EdgeId;
import io.signalbox.mesh.model.Switch;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.time.Scheduler;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.layout.Region;

/** The topology screen over a still mesh. Everything runs on the thread that calls, which is the FX thread. */
final class ScreenRig {

    final StillMesh mesh;
    final List<Toast> toasts = new ArrayList<>();
    final List<Question> questions = new ArrayList<>();
    final MeshFeed feed;
    final TopologyScreen screen;
    String reason = "a test";
    long nanos;

    ScreenRig(MeshSnapshot first) {
        mesh = new StillMesh(first);
        Executor here = Runnable::run;
        feed = new MeshFeed(mesh, here, () -> nanos, InstantSource.fixed(SnapshotFixtures.AT));
        screen = new TopologyScreen(
                new TopologyParts(
                        feed,
                        mesh,
                        new Commands(mesh, here, here),
                        new MemoryPreferences(),
                        Texts.of(Locale.ENGLISH),
                        Formats.of(Locale.ENGLISH, ZoneId.of("UTC")),
                        here,
                        here,
                        new IdleScheduler(),
                        () -> nanos,
                        "test"),
                new RecordingOverlays());
        feed.start();
    }

    /** Half an hour of traffic up to the fixture's instant, then the fixture itself. */
    void play(MeshSnapshot last) {
        for (int seconds = 1_700; seconds > 0; seconds--) {
            mesh.deliver(before(last, seconds));
        }
        mesh.deliver(last);
    }

    private static MeshSnapshot before(MeshSnapshot last, int seconds) {
        MeshSnapshot calm = seconds > 25 ? SnapshotFixtures.canary() : last;
        return SnapshotFixtures.later(calm, -2 * seconds);
    }

    /** The story behind the picture: a fault, a rollout and an opened breaker. */
    void tellStory() {
        ChangeNote note = new ChangeNote("mira", "");
        event(1, 1_080, new MeshEvent.FaultSwitched("gray-instance", Switch.ON, note));
        event(2, 620, new MeshEvent.WeightChanged("catalog", "v2", new Weight(0), new Weight(10), 7, note));
        event(3, 95, new MeshEvent.WeightChanged("catalog", "v2", new Weight(10), new Weight(30), 8, note));
        event(
                4,
                23,
                new MeshEvent.BreakerMoved(
                        EdgeId.parse("checkout->payment"),
                        "checkout-1",
                        "payment-1",
                        BreakerState.CLOSED,
                        BreakerState.OPEN,
                        "5 failures in a row",
                        new CircuitReason.FailuresInARow(5)));
    }

    private void event(long sequence, long secondsAgo, MeshEvent event) {
        mesh.events.add(new RecordedEvent(sequence, SnapshotFixtures.AT.minusSeconds(secondsAgo), event));
    }

    private final class RecordingOverlays implements Overlays {

        @Override
        public void toast(Toast toast) {
            toasts.add(toast);
        }

        @Override
        public void ask(Question question, Consumer<String> confirmed) {
            questions.add(question);
            confirmed.accept(reason);
        }

        @Override
        public void card(Region card, Node firstFocus) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void closeCard() {
            throw new UnsupportedOperationException();
        }
    }

    private static final class IdleScheduler implements Scheduler {

        @Override
        public Cancellable schedule(Duration delay, Runnable task) {
            return () -> {};
        }

        @Override
        public Cancellable scheduleEvery(Duration period, Runnable task) {
            return () -> {};
        }
    }
}
