package io.signalbox.mesh.resilience;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.signalbox.mesh.model.BreakerWindow;
import io.signalbox.mesh.model.BreakerWindow.Extent;
import io.signalbox.mesh.resilience.CallOutcome.Speed;
import io.signalbox.mesh.resilience.CallOutcome.Verdict;
import io.signalbox.mesh.time.Nanos;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outcomes of a closed circuit's latest calls.
 *
 * <p>For any number of threads, under a lock of its own that is held for a few steps only: a call enters, and is judged
 * together with those before it, in one of them, so no crossing can be missed between two.
 */
final class OutcomeWindow {

    /** So many of a window of time are kept one by one. */
    static final int KEPT = 256;

    private final Extent extent;
    private final long slowNanos;

    @GuardedBy("this")
    private final LatestCalls latest;

    @GuardedBy("this")
    private final @Nullable SecondTallies seconds;

    OutcomeWindow(BreakerWindow config) {
        extent = config.extent();
        slowNanos = slowNanos(config);
        switch (extent) {
            case Extent.Calls(int size) -> {
                latest = new LatestCalls(size);
                seconds = null;
            }
            case Extent.Time(Duration size) -> {
                latest = new LatestCalls(KEPT);
                seconds = new SecondTallies((int) size.toSeconds());
            }
        }
    }

    /** The window as it stood when a threshold was crossed. */
    record Crossing(WindowCounts counts, List<CallOutcome> calls) {}

    /** Whether it goes on under that configuration; where it does not, another one begins empty. */
    boolean fits(BreakerWindow config) {
        return extent.equals(config.extent()) && slowNanos == slowNanos(config);
    }

    /** Takes a call in; returns what the window holds then if that opens a circuit of those limits. */
    synchronized @Nullable Crossing record(long nowNanos, long durationNanos, Verdict verdict, BreakerWindow limits) {
        Speed speed = durationNanos > slowNanos ? Speed.SLOW : Speed.QUICK;
        latest.add(nowNanos, durationNanos, verdict, speed);
        if (seconds != null) {
            seconds.add(nowNanos, verdict, speed);
        }
        WindowCounts counts = counts(nowNanos);
        return crossed(limits, counts) == null ? null : new Crossing(counts, outcomes(nowNanos));
    }

    synchronized WindowCounts counts(long nowNanos) {
        return seconds == null ? latest.counts() : seconds.counts(nowNanos);
    }

    /** What those counts cross, or {@code null}. */
    static Transition.@Nullable Why crossed(BreakerWindow limits, WindowCounts counts) {
        if (counts.calls() < limits.minimumCalls()) {
            return null;
        }
        if (counts.failureRate() >= limits.failureRate()) {
            return new Transition.Why.FailureRate(counts, limits.failureRate());
        }
        BreakerWindow.SlowCalls slow = limits.slow().orElse(null);
        return slow != null && counts.slowRate() >= slow.rate()
                ? new Transition.Why.SlowCallRate(counts, slow.rate())
                : null;
    }

    /** Whether a call that took so long is slow. */
    static boolean isSlow(BreakerWindow limits, long durationNanos) {
        return durationNanos > slowNanos(limits);
    }

    @GuardedBy("this")
    private List<CallOutcome> outcomes(long nowNanos) {
        List<CallOutcome> all = new ArrayList<>(latest.outcomes(nowNanos));
        SecondTallies tallies = seconds;
        if (tallies != null) {
            all.removeIf(call -> !tallies.reaches(nowNanos, nowNanos - call.agoNanos()));
        }
        return all;
    }

    private static long slowNanos(BreakerWindow config) {
        return config.slow().map(slow -> Nanos.of(slow.duration())).orElse(Long.MAX_VALUE);
    }
}
