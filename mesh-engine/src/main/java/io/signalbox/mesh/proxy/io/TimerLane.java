package io.signalbox.mesh.proxy.io;

import org.jspecify.annotations.Nullable;

/** Timers of one delay, in the order in which they came, which is that in which they fall due. */
final class TimerLane {

    private long delay;
    private Timers.@Nullable Entry first;
    private Timers.@Nullable Entry last;

    long delay() {
        return delay;
    }

    /** Stands for another delay from now on; only while it is empty. */
    void takeDelay(long nanos) {
        delay = nanos;
    }

    Timers.@Nullable Entry first() {
        return first;
    }

    /** False, and nothing happens, when it is due before the last one. */
    boolean add(Timers.Entry entry) {
        Timers.Entry end = last;
        if (end == null) {
            first = entry;
        } else if (entry.isBefore(end)) {
            return false;
        } else {
            end.after = entry;
            entry.before = end;
        }
        last = entry;
        entry.lane = this;
        return true;
    }

    void remove(Timers.Entry entry) {
        Timers.Entry before = entry.before;
        Timers.Entry after = entry.after;
        if (before == null) {
            first = after;
        } else {
            before.after = after;
        }
        if (after == null) {
            last = before;
        } else {
            after.before = before;
        }
        entry.before = null;
        entry.after = null;
        entry.lane = null;
    }
}
