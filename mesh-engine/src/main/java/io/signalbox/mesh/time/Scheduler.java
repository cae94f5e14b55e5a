package io.signalbox.mesh.time;

import java.time.Duration;

/** Runs tasks later. Tasks must not block; a task that throws is reported and does not stop the scheduler. */
public interface Scheduler {

    Cancellable schedule(Duration delay, Runnable task);

    /** Runs the task each period, first after one period, until cancelled. */
    Cancellable scheduleEvery(Duration period, Runnable task);

    /** Something that can be called off; calling it off twice, or too late, does nothing. */
    @FunctionalInterface
    interface Cancellable {
        void cancel();
    }
}
