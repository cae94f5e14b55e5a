package io.signalbox.shop.web;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** A seeded source of chance that many threads may ask. */
public final class Chance {

    @GuardedBy("this")
    private final RandomGenerator random;

    public Chance(RandomGenerator random) {
        this.random = random;
    }

    /** The chance of one named thing under a seed: the same pair always draws the same values. */
    public static Chance of(long seed, String name) {
        return new Chance(new SplittableRandom(seed * 0x9E3779B97F4A7C15L + name.hashCode()));
    }

    /** Whether something of that probability happens this time. */
    public synchronized boolean hits(double probability) {
        return random.nextDouble() < probability;
    }

    /** A value in {@code low..high-1}. */
    public synchronized int between(int low, int high) {
        return random.nextInt(low, high);
    }

    public synchronized double gaussian() {
        return random.nextGaussian();
    }
}
