package io.signalbox.shop.demo;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A request to end early, made at most once. Safe from any thread. */
public final class StopSignal {

    private final CountDownLatch given = new CountDownLatch(1);

    public void give() {
        given.countDown();
    }

    public boolean isGiven() {
        return given.getCount() == 0;
    }

    /** Waits that long, or less if the signal is given; answers whether it was. An interrupt counts as the signal. */
    boolean await(Duration longest) {
        try {
            return given.await(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            give();
            return true;
        }
    }
}
