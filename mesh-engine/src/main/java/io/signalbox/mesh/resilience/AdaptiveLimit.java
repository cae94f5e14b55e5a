package io.signalbox.mesh.resilience;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.signalbox.mesh.model.ConcurrencyLimit.Adaptive;
import io.signalbox.mesh.time.Ticker;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/**
 * A limit that follows how long a service takes to answer: it grows while answers take as long as usual, and falls when
 * they take longer, since then requests queue where nobody sees it.
 *
 * <p>The gradient algorithm of Netflix' concurrency-limits, its second form. Answers are gathered in windows of at least
 * {@value #WINDOW_MILLIS} ms and {@value #LEAST_SAMPLES} samples; each moves the limit once. The usual latency is an
 * average over about {@value #MEMORY} windows. With {@code g = tolerance × usual ÷ window's mean}, kept in 0.5..1, the
 * limit moves a fifth of the way to {@code limit × g + √limit}. It stays as it is while less than half of it is used; a
 * window in which a call timed out or was refused by the service takes a tenth away instead.
 *
 * <p>For any number of threads. What answers teach goes to counters that threads do not share, since every answer of every
 * thread comes here; only the thread that closes a window takes a lock. A sample that comes meanwhile counts in one of the two
 * windows, or its parts in both.
 */
final class AdaptiveLimit {

    static final int WINDOW_MILLIS = 100;
    static final int LEAST_SAMPLES = 10;
    static final int MEMORY = 600;

    private static final long WINDOW_NANOS = WINDOW_MILLIS * 1_000_000L;

    /** So many windows are averaged alike at first, or the first one would count for minutes. */
    private static final int WARM_UP = 10;

    private static final double STEEPEST = 0.5;
    private static final double SMOOTHING = 0.2;
    private static final double AFTER_OVERLOAD = 0.9;

    /** When what is usual lies so far above what is, it comes from a bad time, and is forgotten faster. */
    private static final double OUTDATED = 2;

    private static final double FORGETTING = 0.95;

    private final Adaptive bounds;
    private final int max;
    private final Ticker ticker;
    private final LongAdder answers = new LongAdder();
    private final LongAdder sumNanos = new LongAdder();
    private final LongAdder overloads = new LongAdder();

    /** The most that were under way when a sample was taken. */
    private final LongAccumulator peak = new LongAccumulator(Math::max, 0);

    private final AtomicLong windowEnd;
    private volatile double limit;

    @GuardedBy("this")
    private Usual usual = new Usual(0, 0);

    AdaptiveLimit(Adaptive bounds, int max, Ticker ticker) {
        this.bounds = bounds;
        this.max = max;
        this.ticker = ticker;
        this.limit = bounds.initial();
        this.windowEnd = new AtomicLong(ticker.nanos() + WINDOW_NANOS);
    }

    /** The latency that is usual, from so many windows. */
    private record Usual(double nanos, int windows) {

        Usual with(double mean) {
            int known = windows + 1;
            double share = known <= WARM_UP ? 1.0 / known : 2.0 / (MEMORY + 1);
            double next = nanos + (mean - nanos) * share;
            return new Usual(next > OUTDATED * mean ? next * FORGETTING : next, Math.min(known, MEMORY));
        }
    }

    int limit() {
        return (int) limit;
    }

    /** How many answers the window that is open has. */
    int answersInWindow() {
        return answers.intValue();
    }

    /** Learns how long an answer took; whether the limit has risen by that. */
    boolean answered(long nanos, int inFlight) {
        answers.increment();
        sumNanos.add(Math.max(1, nanos));
        return sampled(inFlight);
    }

    /** Learns that the service had too much to do for a call; whether the limit has risen by that. */
    boolean overloaded(int inFlight) {
        overloads.increment();
        return sampled(inFlight);
    }

    private boolean sampled(int inFlight) {
        peak.accumulate(inFlight);
        long now = ticker.nanos();
        long end = windowEnd.get();
        return now - end >= 0
                && answers.sum() + overloads.sum() >= LEAST_SAMPLES
                && windowEnd.compareAndSet(end, now + WINDOW_NANOS)
                && closeWindow();
    }

    /** Moves the limit by the window that has ended; whether it has risen by that. */
    private synchronized boolean closeWindow() {
        long answered = answers.sumThenReset();
        double mean = Math.max(1, (double) sumNanos.sumThenReset() / Math.max(1, answered));
        boolean overloaded = overloads.sumThenReset() > 0;
        long mostInFlight = peak.getThenReset();
        double before = limit;
        if (answered > 0) {
            usual = usual.with(mean);
        }
        if (overloaded) {
            limit = kept(before * AFTER_OVERLOAD);
        } else if (answered > 0 && 2 * mostInFlight >= (int) before) {
            double gradient = Math.clamp(bounds.tolerance() * usual.nanos() / mean, STEEPEST, 1);
            limit = kept(before + SMOOTHING * (before * gradient + Math.sqrt(before) - before));
        }
        return (int) limit > (int) before;
    }

    private double kept(double wanted) {
        return Math.clamp(wanted, bounds.min(), max);
    }
}
