package io.signalbox.mesh.proxy.socket;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts requests at work, and lets a closing listener wait until there are none. Safe to use from any thread. */
final class InFlight {

    private final AtomicInteger count = new AtomicInteger();
    private final CountDownLatch none = new CountDownLatch(1);
    private volatile boolean closing;

    void enter() {
        count.incrementAndGet();
    }

    void leave() {
        if (count.decrementAndGet() == 0 && closing) {
            none.countDown();
        }
    }

    boolean isClosing() {
        return closing;
    }

    void close() {
        closing = true;
    }

    /** After {@link #close}: returns once there is none, or after that time. */
    void awaitNone(Duration longest) {
        if (count.get() == 0) {
            return;
        }
        try {
            boolean _ = none.await(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
