package io.signalbox.mesh.proxy.socket;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Counts requests at work, and lets a closing listener wait until there are none. Safe to use from any thread. */
final class InFlight {

    /** How long connections without a request get to end by themselves: one may be on its way to them. */
    private static final Duration FAREWELL = Duration.ofMillis(500);

    private final AtomicInteger count = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private volatile boolean closing;

    void enter() {
        count.incrementAndGet();
    }

    void leave() {
        if (count.decrementAndGet() == 0) {
            move();
        }
    }

    boolean isClosing() {
        return closing;
    }

    void close() {
        closing = true;
    }

    /** Has {@link #awaitNone} look again. */
    void move() {
        if (closing) {
            lock.lock();
            try {
                moved.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * After {@link #close}: returns once there is none and there has not been for a moment, or after that time, or when
     * the thread is interrupted.
     *
     * @param allGone whether none can come any more
     */
    void awaitNone(Duration longest, BooleanSupplier allGone) {
        lock.lock();
        try {
            long left = longest.toNanos();
            while (left > 0 && !allGone.getAsBoolean()) {
                if (count.get() > 0) {
                    left = moved.awaitNanos(left);
                } else {
                    long moment = Math.min(left, FAREWELL.toNanos());
                    long unused = moved.awaitNanos(moment);
                    left = unused <= 0 && count.get() == 0 ? 0 : left - moment + unused;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
