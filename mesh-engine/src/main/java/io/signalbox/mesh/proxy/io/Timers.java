package io.signalbox.mesh.proxy.io;

import io.signalbox.mesh.time.Scheduler.Cancellable;
import org.jspecify.annotations.Nullable;

/**
 * What is to happen later on one loop, the soonest first. Most are called off. Belongs to the loop's thread.
 *
 * <p>Nearly all come with one of a few delays, those of the policies, and what has the same delay falls due in the order in
 * which it came. So each delay has a {@link TimerLane} of its own, where adding and calling off are constant; what finds
 * no lane goes to a {@link TimerHeap}.
 */
final class Timers {

    private static final int LANES = 8;

    private final TimerLane[] lanes = new TimerLane[LANES];
    private final TimerHeap others = new TimerHeap();
    private int count;

    Timers() {
        for (int i = 0; i < LANES; i++) {
            lanes[i] = new TimerLane();
        }
    }

    /**
     * @param nowNanos on the loop's clock
     * @param dueNanos when, on the same clock
     */
    Cancellable add(long nowNanos, long dueNanos, Runnable task) {
        Entry entry = new Entry(dueNanos, task);
        TimerLane lane = laneFor(dueNanos - nowNanos);
        if (lane == null || !lane.add(entry)) {
            others.add(entry);
        }
        count++;
        return entry;
    }

    /** The lane of that delay, or one that nobody needs at the moment; {@code null} when all are taken by others. */
    private @Nullable TimerLane laneFor(long delay) {
        TimerLane free = null;
        for (TimerLane lane : lanes) {
            if (lane.delay() == delay) {
                return lane;
            }
            if (free == null && lane.first() == null) {
                free = lane;
            }
        }
        if (free != null) {
            free.takeDelay(delay);
        }
        return free;
    }

    int count() {
        return count;
    }

    /** Nanoseconds until the soonest is due, 0 when it is; at most what is given. */
    long untilNext(long nowNanos, long mostNanos) {
        Entry first = soonest();
        return first == null ? mostNanos : Math.clamp(first.dueNanos - nowNanos, 0, mostNanos);
    }

    /** Takes out the soonest if it is due. */
    @Nullable
    Runnable nextDue(long nowNanos) {
        Entry first = soonest();
        if (first == null || first.dueNanos - nowNanos > 0) {
            return null;
        }
        remove(first);
        return first.task;
    }

    private @Nullable Entry soonest() {
        Entry soonest = others.first();
        for (TimerLane lane : lanes) {
            Entry first = lane.first();
            if (first != null && (soonest == null || first.isBefore(soonest))) {
                soonest = first;
            }
        }
        return soonest;
    }

    private void remove(Entry entry) {
        TimerLane lane = entry.lane;
        if (lane != null) {
            lane.remove(entry);
        } else {
            others.remove(entry);
        }
        entry.isOut = true;
        count--;
    }

    /** One that waits, in a lane or in the heap. */
    final class Entry implements Cancellable {
        final long dueNanos;
        private final Runnable task;
        private boolean isOut;

        /** The lane's, which alone writes them. */
        @Nullable
        TimerLane lane;

        @Nullable
        Entry before;

        @Nullable
        Entry after;

        /** The heap's. */
        int position;

        private Entry(long dueNanos, Runnable task) {
            this.dueNanos = dueNanos;
            this.task = task;
        }

        boolean isBefore(Entry other) {
            return dueNanos - other.dueNanos < 0;
        }

        @Override
        public void cancel() {
            if (!isOut) {
                remove(this);
            }
        }
    }
}
