package io.signalbox.mesh.proxy.io;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Timers of any delay: a binary heap that knows where each stands, so that calling one off is as cheap as adding it. */
final class TimerHeap {

    private Timers.@Nullable Entry[] heap = new Timers.Entry[16];
    private int count;

    Timers.@Nullable Entry first() {
        return count == 0 ? null : heap[0];
    }

    void add(Timers.Entry entry) {
        if (count == heap.length) {
            heap = Arrays.copyOf(heap, 2 * count);
        }
        rise(entry, count++);
    }

    void remove(Timers.Entry entry) {
        int hole = entry.position;
        Timers.Entry last = at(--count);
        heap[count] = null;
        if (last != entry) {
            rise(last, hole);
            if (last.position == hole) {
                sink(last, hole);
            }
        }
    }

    private void rise(Timers.Entry entry, int from) {
        int position = from;
        while (position > 0) {
            int parent = (position - 1) >>> 1;
            if (!entry.isBefore(at(parent))) {
                break;
            }
            put(at(parent), position);
            position = parent;
        }
        put(entry, position);
    }

    private void sink(Timers.Entry entry, int from) {
        int position = from;
        while (true) {
            int child = 2 * position + 1;
            if (child >= count) {
                break;
            }
            if (child + 1 < count && at(child + 1).isBefore(at(child))) {
                child++;
            }
            if (!at(child).isBefore(entry)) {
                break;
            }
            put(at(child), position);
            position = child;
        }
        put(entry, position);
    }

    private void put(Timers.Entry entry, int position) {
        heap[position] = entry;
        entry.position = position;
    }

    @SuppressWarnings("NullAway") // below count there are no holes
    private Timers.Entry at(int position) {
        return heap[position];
    }
}
