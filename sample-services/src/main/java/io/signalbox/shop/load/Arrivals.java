package io.signalbox.shop.load;

import java.util.random.RandomGenerator;

/** A Poisson stream of arrivals: the gaps are exponential, whatever came before. Not for many threads. */
final class Arrivals {

    private static final double NANOS_PER_SECOND = 1e9;

    private final RandomGenerator random;

    Arrivals(RandomGenerator random) {
        this.random = random;
    }

    /** When the next one arrives after {@code nanos}, at that mean rate, which is above zero. */
    long after(long nanos, double perSecond) {
        double gap = random.nextExponential() * NANOS_PER_SECOND / perSecond;
        return nanos + (long) Math.min(gap, 1e15);
    }
}
