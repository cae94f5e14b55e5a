package io.signalbox.shop.web;

import java.time.Duration;

/**
 * The time that an instance's work takes: log-normal around a median, at most eight times as long.
 *
 * <p>It stands for the database or the computation that the sample does without, and it really passes.
 */
public final class Pace {

    private static final double SPREAD = 0.35;
    private static final double LONGEST = 8;

    private final Chance chance;
    private final Pause pause;

    public Pace(Chance chance, Pause pause) {
        this.chance = chance;
        this.pause = pause;
    }

    /** Spends the time of one piece of work. */
    public void work(Duration median) {
        double factor = Math.min(LONGEST, Math.exp(chance.gaussian() * SPREAD));
        pause.last(Duration.ofNanos((long) (median.toNanos() * factor)));
    }
}
