package io.signalbox.mesh.resilience;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.signalbox.mesh.model.BreakerWindow;
import io.signalbox.mesh.model.BreakerWindow.Extent;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.model.CircuitReason;
import io.signalbox.mesh.model.WindowCounts;
import io.signalbox.mesh.resilience.CallOutcome.Speed;
import io.signalbox.mesh.resilience.CallOutcome.Verdict;
import io.signalbox.mesh.time.Nanos;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The outcomes of a closed circuit's latest calls: those that it is judged by, and some before them, so that an opening
 * can be told with what led to it.
 *
 * <p>For any number of threads, under a lock of its own that is held for a few steps only: a call enters, and is judged
 * together with those before it, in one of them, so no crossing can be missed between two, and what is kept is in the
 * very order in which it was judged.
 */
final class OutcomeWindow {

    /** So many calls are kept one by one, or as many as a window of calls has. */
    static final int KEPT = 256;

    /** The same for a window of time, which may hold many more. */
    static final int KEPT_OF_TIME = 1_024;

    private final Optional<Extent> extent;
    private final long slowNanos;

    @GuardedBy("this")
    private final LatestCalls latest;

    @GuardedBy("this")
    private final @Nullable SecondTallies seconds;

    @GuardedBy("this")
    private @Nullable Crossing pending;

    @GuardedBy("this")
    private @Nullable CircuitBreakerConfig judgedBy;

    @GuardedBy("this")
    private Opening.Settings settings = Opening.Settings.THE_SAME;

    OutcomeWindow(CircuitBreakerConfig config) {
        extent = config.window().map(BreakerWindow::extent);
        slowNanos = config.window().map(OutcomeWindow::slowNanos).orElse(Long.MAX_VALUE);
        switch (extent.orElse(null)) {
            case Extent.Calls(int size) -> {
                latest = new LatestCalls(Math.max(KEPT, size), size);
                seconds = null;
            }
            case Extent.Time(Duration size) -> {
                latest = new LatestCalls(KEPT_OF_TIME, KEPT_OF_TIME);
                seconds = new SecondTallies((int) size.toSeconds());
            }
            case null -> {
                latest = new LatestCalls(KEPT, KEPT);
                seconds = null;
            }
        }
    }

    /**
     * What a circuit is judged by.
     *
     * @param inARow failures since the last success
     */
    record Standing(WindowCounts counts, int inARow) {

        /** What those limits say to it, or {@code null} when nothing is crossed. */
        @Nullable
        CircuitReason crossed(CircuitBreakerConfig limits) {
            BreakerWindow window = limits.window().orElse(null);
            if (window == null) {
                return inARow >= limits.failureThreshold() ? new CircuitReason.FailuresInARow(inARow) : null;
            }
            if (counts.calls() < window.minimumCalls()) {
                return null;
            }
            if (counts.failureRate() >= window.failureRate()) {
                return new CircuitReason.FailureRate(counts, window.failureRate());
            }
            BreakerWindow.SlowCalls slow = window.slow().orElse(null);
            return slow != null && counts.slowRate() >= slow.rate()
                    ? new CircuitReason.SlowCallRate(counts, slow.rate())
                    : null;
        }
    }

    /** The calls as they stood when a threshold was crossed. */
    record Crossing(
            long atNanos,
            Standing standing,
            List<CallOutcome> calls,
            Opening.Earlier earlier,
            Opening.Settings settings) {}

    /** Whether it goes on under that configuration; where it does not, another one begins empty. */
    boolean fits(CircuitBreakerConfig config) {
        return extent.equals(config.window().map(BreakerWindow::extent))
                && slowNanos == config.window().map(OutcomeWindow::slowNanos).orElse(Long.MAX_VALUE);
    }

    /**
     * Takes a call in; returns how it stood when those limits were crossed. Until the circuit has opened that is the
     * first crossing, also for the calls that end meanwhile.
     */
    synchronized @Nullable Crossing record(
            long nowNanos, long durationNanos, Verdict verdict, CallNotes notes, CircuitBreakerConfig limits) {
        Standing now = entered(nowNanos, durationNanos, verdict, notes);
        if (!Objects.equals(limits, judgedBy)) {
            settings = judgedBy == null ? settings : Opening.Settings.CHANGED;
            judgedBy = limits;
        }
        Crossing first = pending;
        if (first != null && first.standing().crossed(limits) != null) {
            return first;
        }
        pending = now.crossed(limits) == null
                ? null
                : new Crossing(nowNanos, now, latest.outcomes(nowNanos), latest.earlier(), settings);
        return pending;
    }

    /** Takes a call in without a judgement. */
    synchronized Standing enter(long nowNanos, CallOutcome call) {
        return entered(nowNanos, call.durationNanos(), call.verdict(), CallNotes.NONE);
    }

    /** Goes on after failures in a row that are not known one by one. */
    synchronized void follow(int failuresBefore) {
        latest.follow(failuresBefore);
    }

    synchronized WindowCounts counts(long nowNanos) {
        return seconds == null ? latest.counts() : seconds.counts(nowNanos);
    }

    synchronized int failuresInARow() {
        return latest.failuresInARow();
    }

    /** Whether a call that took so long is slow. */
    static boolean isSlow(BreakerWindow limits, long durationNanos) {
        return durationNanos > slowNanos(limits);
    }

    @GuardedBy("this")
    private Standing entered(long nowNanos, long durationNanos, Verdict verdict, CallNotes notes) {
        Speed speed = durationNanos > slowNanos ? Speed.SLOW : Speed.QUICK;
        latest.add(nowNanos, durationNanos, verdict, speed, notes);
        if (seconds != null) {
            seconds.add(nowNanos, verdict, speed);
        }
        return new Standing(counts(nowNanos), latest.failuresInARow());
    }

    private static long slowNanos(BreakerWindow config) {
        return config.slow().map(slow -> Nanos.of(slow.duration())).orElse(Long.MAX_VALUE);
    }
}
