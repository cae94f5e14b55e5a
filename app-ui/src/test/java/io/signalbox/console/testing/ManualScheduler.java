package io.signalbox.console.testing;

import io.signalbox.mesh.time.Scheduler;
import io.signalbox.mesh.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A scheduler and a ticker whose time stands still until a test moves it. */
public final class ManualScheduler implements Scheduler, Ticker {

    private final List<Task> tasks = new ArrayList<>();
    private long now = 1_000;

    @Override
    public long nanos() {
        return now;
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable run) {
        return add(new Task(now + delay.toNanos(), 0, run));
    }

    @Override
    public Cancellable scheduleEvery(Duration period, Runnable run) {
        return add(new Task(now + period.toNanos(), period.toNanos(), run));
    }

    /** Moves time on and runs what falls due, in order. */
    public void advance(Duration by) {
        long until = now + by.toNanos();
        while (true) {
            Task next = tasks.stream()
                    .filter(task -> task.due <= until)
                    .min(Comparator.comparingLong(task -> task.due))
                    .orElse(null);
            if (next == null) {
                break;
            }
            now = next.due;
            if (next.period == 0) {
                tasks.remove(next);
            } else {
                next.due += next.period;
            }
            next.run.run();
        }
        now = until;
    }

    public int waiting() {
        return tasks.size();
    }

    private Cancellable add(Task task) {
        tasks.add(task);
        return () -> tasks.remove(task);
    }

    private static final class Task {

        private long due;
        private final long period;
        private final Runnable run;

        Task(long due, long period, Runnable run) {
            this.due = due;
            this.period = period;
            this.run = run;
        }
    }
}
