package io.signalbox.console.widget;

import io.signalbox.mesh.time.Scheduler;
import java.time.Duration;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;

/** A scheduler whose tasks run on the FX thread. Used on the FX thread only. */
public final class FxScheduler implements Scheduler {

    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
        return start(delay, task, 1);
    }

    @Override
    public Cancellable scheduleEvery(Duration period, Runnable task) {
        return start(period, task, Animation.INDEFINITE);
    }

    private static Cancellable start(Duration delay, Runnable task, int times) {
        Timeline timeline =
                new Timeline(new KeyFrame(javafx.util.Duration.millis((double) delay.toMillis()), event -> task.run()));
        timeline.setCycleCount(times);
        timeline.play();
        return timeline::stop;
    }
}
