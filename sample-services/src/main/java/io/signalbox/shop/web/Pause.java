package io.signalbox.shop.web;

import java.time.Duration;

/** Lets time pass in the thread that calls. */
@FunctionalInterface
public interface Pause {

    void last(Duration duration);

    /** Really waits; an interrupt ends the pause and stays set. */
    static Pause system() {
        return duration -> {
            try {
                Thread.sleep(duration);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }
}
