package io.signalbox.mesh.resilience;

import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.BreakerWindow;
import io.signalbox.mesh.model.BreakerWindow.Extent;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.model.WindowCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The breaker with a window as plainly as it can be said: every call is kept, and counted anew each time. */
final class WindowModel {

    /** A call that ended while the circuit was closed. */
    private record Ended(long atNanos, boolean failed, boolean slow) {}

    private static final long SECOND = 1_000_000_000L;

    CircuitBreakerConfig config;
    BreakerState state = BreakerState.CLOSED;
    int admitted;
    int succeeded;
    long openedAtNanos;
    long refused;
    int openings;
    /** Grows whenever permits given before stop counting. */
    int era;

    private final List<Ended> calls = new ArrayList<>();

    WindowModel(CircuitBreakerConfig config) {
        this.config = config;
    }

    boolean acquire(long nowNanos) {
        if (state == BreakerState.OPEN
                && nowNanos - openedAtNanos >= config.openDuration().toNanos()) {
            enter(BreakerState.HALF_OPEN);
        }
        if (state == BreakerState.HALF_OPEN && succeeded >= config.successThreshold()) {
            enter(BreakerState.CLOSED);
        }
        boolean trialsLeft = admitted < config.halfOpenRequests();
        if (state.refuses() || (state == BreakerState.HALF_OPEN && !trialsLeft)) {
            refused++;
            return false;
        }
        admitted += state == BreakerState.HALF_OPEN ? 1 : 0;
        return true;
    }

    void ended(int permitEra, long nowNanos, long tookNanos, boolean failed) {
        if (permitEra != era) {
            return;
        }
        BreakerWindow window = config.window().orElseThrow();
        boolean slow = window.slow()
                .filter(limit -> tookNanos > limit.duration().toNanos())
                .isPresent();
        if (state == BreakerState.HALF_OPEN) {
            if (failed || slow) {
                open(nowNanos);
            } else if (++succeeded >= config.successThreshold()) {
                enter(BreakerState.CLOSED);
            }
        } else if (state == BreakerState.CLOSED) {
            calls.add(new Ended(nowNanos, failed, slow));
            WindowCounts counts = counts(nowNanos);
            boolean enough = counts.calls() >= window.minimumCalls();
            boolean failing = counts.failures() >= window.failureRate() * counts.calls();
            boolean slowing = window.slow()
                    .filter(limit -> counts.slow() >= limit.rate() * counts.calls())
                    .isPresent();
            if (enough && (failing || slowing)) {
                open(nowNanos);
            }
        }
    }

    void ignore(int permitEra) {
        if (permitEra == era && state == BreakerState.HALF_OPEN) {
            admitted--;
        }
    }

    /** Other thresholds; a window of another kind or another slowness begins empty. */
    void configure(CircuitBreakerConfig next) {
        BreakerWindow before = config.window().orElseThrow();
        BreakerWindow after = next.window().orElseThrow();
        if (!before.extent().equals(after.extent())
                || !before.slow()
                        .map(BreakerWindow.SlowCalls::duration)
                        .equals(after.slow().map(BreakerWindow.SlowCalls::duration))) {
            calls.clear();
        }
        config = next;
    }

    WindowCounts counts(long nowNanos) {
        List<Ended> held = switch (config.window().orElseThrow().extent()) {
            case Extent.Calls(int size) -> calls.subList(Math.max(0, calls.size() - size), calls.size());
            case Extent.Time(var size) ->
                calls.stream()
                        .filter(call -> call.atNanos / SECOND > nowNanos / SECOND - size.toSeconds())
                        .toList();
        };
        return new WindowCounts(
                held.size(), (int) held.stream().filter(Ended::failed).count(), (int)
                        held.stream().filter(Ended::slow).count());
    }

    Optional<WindowCounts> viewed(long nowNanos) {
        return state == BreakerState.CLOSED ? Optional.of(counts(nowNanos)) : Optional.empty();
    }

    void enter(BreakerState next) {
        boolean letAllThrough = state == BreakerState.CLOSED || state == BreakerState.DISABLED;
        if (letAllThrough && next.refuses()) {
            refused = 0;
        }
        state = next;
        era++;
        admitted = 0;
        succeeded = 0;
        calls.clear();
    }

    private void open(long nowNanos) {
        openedAtNanos = nowNanos;
        openings++;
        enter(BreakerState.OPEN);
    }
}
