package io.signalbox.mesh.resilience;

import io.signalbox.mesh.model.ConcurrencyLimit.Adaptive;
import io.signalbox.mesh.time.Ticker;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

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
 * <p>For any number of threads: one reference to an immutable value, moved by compare-and-set.
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
    private final AtomicReference<State> state;

    AdaptiveLimit(Adaptive bounds, int max, Ticker ticker) {
        this.bounds = bounds;
        this.max = max;
        this.ticker = ticker;
        this.state = new AtomicReference<>(
                new State(bounds.initial(), new Usual(0, 0), Window.begun(ticker.nanos() + WINDOW_NANOS)));
    }

    private record State(double limit, Usual usual, Window window) {}

    /** The latency that is usual, from so many windows. */
    private record Usual(double nanos, int windows) {

        Usual with(double mean) {
            int known = windows + 1;
            double share = known <= WARM_UP ? 1.0 / known : 2.0 / (MEMORY + 1);
            double next = nanos + (mean - nanos) * share;
            return new Usual(next > OUTDATED * mean ? next * FORGETTING : next, Math.min(known, MEMORY));
        }
    }

    /** @param peak the most that were under way when a sample was taken */
    private record Window(long endNanos, int answers, double sumNanos, int overloads, int peak) {

        static Window begun(long endNanos) {
            return new Window(endNanos, 0, 0, 0, 0);
        }

        Window answered(long nanos, int inFlight) {
            return new Window(endNanos, answers + 1, sumNanos + nanos, overloads, Math.max(peak, inFlight));
        }

        Window overloaded(int inFlight) {
            return new Window(endNanos, answers, sumNanos, overloads + 1, Math.max(peak, inFlight));
        }

        boolean isOver(long now) {
            return now - endNanos >= 0 && answers + overloads >= LEAST_SAMPLES;
        }
    }

    private State current() {
        return Objects.requireNonNull(state.get());
    }

    int limit() {
        return (int) current().limit();
    }

    /** How many answers the window that is open has. */
    int answersInWindow() {
        return current().window().answers();
    }

    /** Learns how long an answer took; whether the limit has risen by that. */
    boolean answered(long nanos, int inFlight) {
        while (true) {
            State seen = current();
            if (moved(seen, seen.window().answered(Math.max(1, nanos), inFlight))) {
                return (int) current().limit() > (int) seen.limit();
            }
        }
    }

    /** Learns that the service had too much to do for a call; whether the limit has risen by that. */
    boolean overloaded(int inFlight) {
        while (true) {
            State seen = current();
            if (moved(seen, seen.window().overloaded(inFlight))) {
                return (int) current().limit() > (int) seen.limit();
            }
        }
    }

    private boolean moved(State seen, Window window) {
        long now = ticker.nanos();
        return state.compareAndSet(
                seen, window.isOver(now) ? after(seen, window, now) : new State(seen.limit(), seen.usual(), window));
    }

    private State after(State seen, Window window, long now) {
        Window next = Window.begun(now + WINDOW_NANOS);
        double limit = seen.limit();
        if (window.answers() == 0) {
            return new State(kept(limit * AFTER_OVERLOAD), seen.usual(), next);
        }
        double mean = window.sumNanos() / window.answers();
        Usual usual = seen.usual().with(mean);
        if (window.overloads() > 0) {
            return new State(kept(limit * AFTER_OVERLOAD), usual, next);
        }
        double gradient = Math.clamp(bounds.tolerance() * usual.nanos() / mean, STEEPEST, 1);
        double wanted = limit + SMOOTHING * (limit * gradient + Math.sqrt(limit) - limit);
        boolean used = 2 * window.peak() >= (int) limit;
        return new State(used ? kept(wanted) : limit, usual, next);
    }

    private double kept(double limit) {
        return Math.clamp(limit, bounds.min(), max);
    }
}
