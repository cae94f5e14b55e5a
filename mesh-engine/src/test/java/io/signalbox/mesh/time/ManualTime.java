package io.signalbox.mesh.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Clock, ticker and scheduler that move only when a test says so; due tasks run inside {@link #advance}. */
public final class ManualTime implements Ticker, Scheduler, InstantSource {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final List<Task> tasks = new ArrayList<>();
    private long nanos;
    private long order;

    @Override
    public synchronized long nanos() {
        return nanos;
    }

    @Override
    public synchronized Instant instant() {
        return START.plusNanos(nanos);
    }

    @Override
    public synchronized Cancellable schedule(Duration delay, Runnable work) {
        return add(new Task(nanos + delay.toNanos(), order++, Duration.ZERO, work));
    }

    @Override
    public synchronized Cancellable scheduleEvery(Duration period, Runnable work) {
        return add(new Task(nanos + period.toNanos(), order++, period, work));
    }

    /** Moves time forward, running what falls due at the time it falls due. */
    public void advance(Duration by) {
        long end;
        synchronized (this) {
            end = nanos + by.toNanos();
        }
        for (Optional<Task> due = next(end); due.isPresent(); due = next(end)) {
            due.get().work.run();
        }
        synchronized (this) {
            nanos = end;
        }
    }

    /** The delays until each waiting task, soonest first. */
    public synchronized List<Duration> waiting() {
        return tasks.stream()
                .sorted()
                .map(task -> Duration.ofNanos(task.at - nanos))
                .toList();
    }

    private synchronized Optional<Task> next(long end) {
        Optional<Task> due = tasks.stream().filter(task -> task.at <= end).min(Comparator.naturalOrder());
        due.ifPresent(task -> {
            tasks.remove(task);
            nanos = Math.max(nanos, task.at);
            if (task.period.isPositive()) {
                task.at += task.period.toNanos();
                tasks.add(task);
            }
        });
        return due;
    }

    private Cancellable add(Task task) {
        tasks.add(task);
        return () -> {
            synchronized (this) {
                tasks.remove(task);
            }
        };
    }

    private static final class Task implements Comparable<Task> {
        private final long order;
        private final Duration period;
        private final Runnable work;
        private long at;

        Task(long at, long order, Duration period, Runnable work) {
            this.at = at;
            this.order = order;
            this.period = period;
            this.work = work;
        }

        @Override
        public int compareTo(Task other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }
}
