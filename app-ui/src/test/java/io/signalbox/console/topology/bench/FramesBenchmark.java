package io.signalbox.console.topology.bench;

import io.signalbox.console.fixture.SnapshotFixtures;
import io.signalbox.console.format.Formats;
import io.signalbox.console.text.Texts;
import io.signalbox.console.theme.Appearance;
import io.signalbox.console.theme.MemoryPreferences;
import io.signalbox.console.theme.Motion;
import io.signalbox.console.theme.Theme;
import io.signalbox.console.topology.layout.ElkLayout;
import io.signalbox.console.topology.state.TopologyViewModel;
import io.signalbox.console.topology.view.GraphPane;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.time.Ticker;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.stage.Stage;

/**
 * Frames a second of the graph in a window of 1,440 × 900, with a snapshot every 500 ms.
 *
 * <p>A frame is a pulse of the toolkit, which waits until the frame before has been drawn. Each scene warms up for four
 * seconds, then is measured for eight.
 */
public final class FramesBenchmark {

    private static final long WARM_UP_NANOS = 4_000_000_000L;
    private static final long MEASURED_NANOS = 8_000_000_000L;
    private static final long TICK_NANOS = 500_000_000L;

    /** One measurement; a zoom of 0 fits the whole graph. */
    private record Run(String name, MeshSnapshot snapshot, double zoom, double bar) {}

    private final Deque<Run> runs = new ArrayDeque<>();
    private final Stage stage = new Stage();

    private FramesBenchmark() {}

    public static void main(String[] arguments) {
        Platform.startup(() -> new FramesBenchmark().begin());
    }

    private void begin() {
        MeshSnapshot large = SnapshotFixtures.large(300, 1_500);
        runs.add(new Run("Corner Shop, fitted", SnapshotFixtures.paymentOpen(), 0, 60));
        runs.add(new Run("300 nodes, 1,500 edges, fitted", large, 0, 30));
        runs.add(new Run("300 nodes, 1,500 edges, 25 %", large, 0.25, 30));
        runs.add(new Run("300 nodes, 1,500 edges, 50 %", large, 0.5, 30));
        runs.add(new Run("300 nodes, 1,500 edges, 100 %", large, 1, 30));
        System.out.printf(
                "java %s, javafx %s, %s %s, %d processors, prism.order=%s, glass.platform=%s%n",
                System.getProperty("java.version"),
                System.getProperty("javafx.version"),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("prism.order", "default"),
                System.getProperty("glass.platform", "default"));
        System.out.printf("%-32s %6s %8s %10s %10s %6s%n", "scene", "dots", "frames/s", "p95 ms", "worst ms", "bar");
        next();
    }

    private void next() {
        Run run = runs.poll();
        if (run == null) {
            Platform.exit();
            return;
        }
        Executor background = task -> Thread.ofVirtual().start(task);
        TopologyViewModel viewModel = new TopologyViewModel(new ElkLayout(), background, Platform::runLater);
        Texts texts = Texts.of(Locale.ENGLISH);
        Formats formats = Formats.of(Locale.ENGLISH, ZoneId.of("UTC"));
        GraphPane pane = new GraphPane(viewModel, texts, formats, Ticker.system());
        Scene scene = new Scene(pane, 1_440, 900);
        Appearance appearance = new Appearance(new MemoryPreferences());
        appearance.themeProperty().set(Theme.DARK);
        appearance.motionProperty().set(Motion.FULL);
        appearance.attach(scene);
        stage.setScene(scene);
        stage.show();
        var following = pane.follow();
        viewModel.accept(run.snapshot());
        new Measurement(run, viewModel, pane, () -> {
                    following.unsubscribe();
                    next();
                })
                .start();
    }

    /** Counts pulses and delivers snapshots until its time is up. */
    private static final class Measurement extends AnimationTimer {

        private final Run run;
        private final TopologyViewModel viewModel;
        private final GraphPane pane;
        private final Runnable done;
        private final List<Long> intervals = new ArrayList<>();
        private long began;
        private long last;
        private long ticked;
        private int ticks;

        Measurement(Run run, TopologyViewModel viewModel, GraphPane pane, Runnable done) {
            this.run = run;
            this.viewModel = viewModel;
            this.pane = pane;
            this.done = done;
        }

        @Override
        public void handle(long pulse) {
            long now = System.nanoTime();
            if (viewModel.layoutProperty().get().isEmpty()) {
                return;
            }
            if (began == 0) {
                began = now;
                if (run.zoom() > 0) {
                    pane.stage()
                            .zoomBy(run.zoom()
                                    / pane.stage().viewportProperty().get().zoom());
                }
            }
            if (now - ticked >= TICK_NANOS) {
                ticked = now;
                viewModel.accept(SnapshotFixtures.later(run.snapshot(), ++ticks));
            }
            if (now - began > WARM_UP_NANOS) {
                if (last != 0) {
                    intervals.add(now - last);
                }
                last = now;
            }
            if (now - began > WARM_UP_NANOS + MEASURED_NANOS) {
                stop();
                report();
                done.run();
            }
        }

        private void report() {
            double[] millis = intervals.stream()
                    .mapToDouble(nanos -> nanos / 1e6)
                    .sorted()
                    .toArray();
            double mean = Arrays.stream(millis).average().orElse(Double.NaN);
            System.out.printf(
                    "%-32s %6d %8.1f %10.1f %10.1f %6.0f%n",
                    run.name(),
                    pane.stage().dotCount(),
                    1_000 / mean,
                    millis[(int) (millis.length * 0.95)],
                    millis[millis.length - 1],
                    run.bar());
        }
    }
}
