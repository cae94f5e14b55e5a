package io.signalbox.mesh.balance;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How slow one endpoint is taken to be: a moving average that jumps up to each peak at once and forgets it slowly.
 *
 * <p>Between two observations it decays towards zero by the factor {@code exp(-t / 10 s)}; a higher one replaces what is
 * left, a lower one is averaged with it. (Finagle's and Linkerd's peak EWMA.) So an endpoint that is avoided is tried
 * again after a while.
 *
 * <p>Estimate and time are the two halves of one atomic {@code long}, moved by compare-and-set: no lock, no garbage.
 */
final class LatencyEstimate {

    /** Nothing is known. */
    static final double UNKNOWN = -1;

    private static final double DECAY_NANOS = 10e9;

    /** A failure counts as slow when nothing better is known: a second. */
    static final double FIRST_FAILURE_NANOS = 1e9;

    static final double WORST_FAILURE_NANOS = 60e9;

    /** Time is kept in steps of 2^17 ns (0.13 ms), which last for three days before they could be misread. */
    private static final int STEP_BITS = 17;

    private static final double STEP_NANOS = 1 << STEP_BITS;

    private final AtomicLong state = new AtomicLong(packed((float) UNKNOWN, 0));

    /** The estimate as of now in nanoseconds, or {@link #UNKNOWN}. */
    double at(long now) {
        long seen = state.get();
        float known = estimate(seen);
        return known < 0 ? UNKNOWN : known * decay(seen, step(now));
    }

    void observe(double nanos, long now) {
        int step = step(now);
        while (true) {
            long seen = state.get();
            float known = estimate(seen);
            double decay = decay(seen, step);
            double next = known < 0 || nanos >= known * decay ? nanos : known * decay + nanos * (1 - decay);
            if (moved(seen, next, step)) {
                return;
            }
        }
    }

    /** A failure is as slow as it was, and at least twice as slow as what was known: it must not look fast. */
    void failed(double nanos, long now) {
        int step = step(now);
        while (true) {
            long seen = state.get();
            float known = estimate(seen);
            double least = known < 0 ? FIRST_FAILURE_NANOS : Math.min(2.0 * known, WORST_FAILURE_NANOS);
            if (moved(seen, Math.max(nanos, least), step)) {
                return;
            }
        }
    }

    /** Only how long it has taken at least is known. */
    void atLeast(double nanos, long now) {
        if (nanos > at(now)) {
            observe(nanos, now);
        }
    }

    private boolean moved(long seen, double estimate, int step) {
        int latest = estimate(seen) < 0 || step - (int) seen > 0 ? step : (int) seen;
        long next = packed((float) estimate, latest);
        // Within one step most answers change nothing, and other threads can go on reading what they hold.
        return next == seen || state.compareAndSet(seen, next);
    }

    private static double decay(long seen, int step) {
        int steps = step - (int) seen;
        return steps <= 0 ? 1 : Math.exp(-steps * STEP_NANOS / DECAY_NANOS);
    }

    private static int step(long nanos) {
        return (int) (nanos >> STEP_BITS);
    }

    private static float estimate(long seen) {
        return Float.intBitsToFloat((int) (seen >>> 32));
    }

    private static long packed(float estimate, int step) {
        return (long) Float.floatToRawIntBits(estimate) << 32 | (step & 0xffffffffL);
    }
}
