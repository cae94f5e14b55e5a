package io.signalbox.console.topology.view;

import java.util.function.DoubleConsumer;
import javafx.animation.AnimationTimer;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.stage.Stage;
import javafx.stage.Window;
import javafx.util.Subscription;

/**
 * Calls for a frame at most 60 times a second, 30 while the window has no focus, and not at all while it is hidden or
 * minimised. Used on the FX thread only, once a window has the node; without one it only waits.
 */
final class FrameClock {

    private static final double FOCUSED_INTERVAL = 1e9 / 60;
    private static final double UNFOCUSED_INTERVAL = 1e9 / 30;

    /** A frame may come that much early: the toolkit's pulses are not exact. */
    private static final double TOLERANCE = 4e6;

    /** After a pause things go on from where they stood instead of leaping. */
    private static final double LONGEST_STEP_SECONDS = 0.1;

    private final Node node;
    private final DoubleConsumer frame;
    private final AnimationTimer timer = new AnimationTimer() {
        @Override
        public void handle(long now) {
            pulse(now);
        }
    };
    private Subscription watching = Subscription.EMPTY;
    private boolean running;
    private long last;

    /** @param frame is told the seconds since the last one */
    FrameClock(Node node, DoubleConsumer frame) {
        this.node = node;
        this.frame = frame;
    }

    void start() {
        watching.unsubscribe();
        watching = node.sceneProperty().flatMap(Scene::windowProperty).subscribe(window -> run(window != null));
    }

    void stop() {
        watching.unsubscribe();
        run(false);
    }

    private void run(boolean toRun) {
        if (running == toRun) {
            return;
        }
        running = toRun;
        if (running) {
            last = 0;
            timer.start();
        } else {
            timer.stop();
        }
    }

    private void pulse(long now) {
        double interval = interval();
        if (interval == 0 || (last != 0 && now - last < interval - TOLERANCE)) {
            return;
        }
        double seconds = last == 0 ? 0 : Math.min(LONGEST_STEP_SECONDS, (now - last) / 1e9);
        last = now;
        frame.accept(seconds);
    }

    private double interval() {
        Scene scene = node.getScene();
        Window window = scene == null ? null : scene.getWindow();
        if (window == null || !window.isShowing() || (window instanceof Stage stage && stage.isIconified())) {
            return 0;
        }
        return window.isFocused() ? FOCUSED_INTERVAL : UNFOCUSED_INTERVAL;
    }
}
