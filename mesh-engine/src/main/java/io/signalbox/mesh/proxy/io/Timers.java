package io.signalbox.mesh.proxy.io;

import io.signalbox.mesh.time.Scheduler.Cancellable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is to happen later on one loop, the soonest first: a binary heap that knows where each entry stands, so that calling
 * one off is as cheap as adding it. Most are called off. Belongs to the loop's thread.
 */
final class Timers {

    private @Nullable Timer[] heap = new Timer[64];
    private int count;

    /** @param dueNanos when, on the loop's clock */
    Cancellable add(long dueNanos, Runnable task) {
        if (count == heap.length) {
            heap = Arrays.copyOf(heap, 2 * count);
        }
        Timer timer = new Timer(dueNanos, task);
        rise(timer, count++);
        return timer;
    }

    int count() {
        return count;
    }

    /** Nanoseconds until the soonest is due, 0 when it is; at most what is given. */
    long untilNext(long nowNanos, long mostNanos) {
        return count == 0 ? mostNanos : Math.clamp(at(0).dueNanos - nowNanos, 0, mostNanos);
    }

    /** Takes out the soonest if it is due. */
    @Nullable
    Runnable nextDue(long nowNanos) {
        if (count == 0 || at(0).dueNanos - nowNanos > 0) {
            return null;
        }
        Timer first = at(0);
        remove(first);
        return first.task;
    }

    private void remove(Timer timer) {
        int hole = timer.position;
        timer.position = Timer.OUT;
        Timer last = at(--count);
        heap[count] = null;
        if (last != timer) {
            rise(last, hole);
            if (last.position == hole) {
                sink(last, hole);
            }
        }
    }

    private void rise(Timer timer, int from) {
        int position = from;
        while (position > 0) {
            int parent = (position - 1) >>> 1;
            if (!timer.isBefore(at(parent))) {
                break;
            }
            put(at(parent), position);
            position = parent;
        }
        put(timer, position);
    }

    private void sink(Timer timer, int from) {
        int position = from;
        while (true) {
            int child = 2 * position + 1;
            if (child >= count) {
                break;
            }
            if (child + 1 < count && at(child + 1).isBefore(at(child))) {
                child++;
            }
            if (!at(child).isBefore(timer)) {
                break;
            }
            put(at(child), position);
            position = child;
        }
        put(timer, position);
    }

    private void put(Timer timer, int position) {
        heap[position] = timer;
        timer.position = position;
    }

    @SuppressWarnings("NullAway") // below count there are no holes
    private Timer at(int position) {
        return heap[position];
    }

    private final class Timer implements Cancellable {
        private static final int OUT = -1;

        private final long dueNanos;
        private final Runnable task;
        private int position;

        Timer(long dueNanos, Runnable task) {
            this.dueNanos = dueNanos;
            this.task = task;
        }

        boolean isBefore(Timer other) {
            return dueNanos - other.dueNanos < 0;
        }

        @Override
        public void cancel() {
            if (position != OUT) {
                remove(this);
            }
        }
    }
}
