package io.signalbox.mesh.proxy.io;

import io.signalbox.mesh.time.Ticker;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The time at which what a loop does began: the arrival of bytes, a task, a timer. It is read once for each, since
 * reading a clock costs as much as whole steps of a request, of which dozens want to know the time. So what one event does
 * takes no time, and waiting for the sockets before it does.
 *
 * <p>On a thread that is no loop's it is the time itself. A loop may lag behind other threads by what it does at the
 * moment, so whoever shares a clock reading among threads must bear one that is a little older than the last.
 */
public final class EventTime implements Ticker {

    private final Ticker source;

    private EventTime(Ticker source) {
        this.source = source;
    }

    public static EventTime of(Ticker source) {
        return source instanceof EventTime already ? already : new EventTime(source);
    }

    @Override
    public long nanos() {
        return Thread.currentThread() instanceof LoopThread loop && loop.keeps(this) ? loop.now() : source.nanos();
    }

    /** The time of day of the same moment, so that what began earlier by one has begun earlier by the other. */
    public InstantSource ofDay(InstantSource clock) {
        return () -> {
            Instant now = clock.instant();
            return Thread.currentThread() instanceof LoopThread loop && loop.keeps(this)
                    ? now.minusNanos(source.nanos() - loop.now())
                    : now;
        };
    }

    /** The thread of one loop, and the time of its present event. */
    static final class LoopThread extends Thread {

        private final EventTime time;
        private boolean isRead;
        private long now;

        LoopThread(String name, EventTime time, Runnable work) {
            super(work, name);
            this.time = time;
            setDaemon(true);
        }

        /** Another event begins. Call on this thread. */
        void nextEvent() {
            isRead = false;
        }

        private boolean keeps(EventTime asked) {
            return time == asked;
        }

        private long now() {
            if (!isRead) {
                now = time.source.nanos();
                isRead = true;
            }
            return now;
        }
    }
}
