package io.signalbox.mesh.resilience;

import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.BreakerWindow;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.time.Nanos;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a circuit is at one moment. Moving it makes another one.
 *
 * @param window what is counted while closed, where a window is configured; it alone is filled in place
 * @param opening why it last opened by itself
 */
record CircuitState(
        Phase phase,
        Entry entry,
        CircuitBreakerConfig config,
        @Nullable OutcomeWindow window,
        @Nullable Opening opening) {

    /** What is counted in each state. */
    sealed interface Phase {

        BreakerState state();

        record Closed(int failuresInARow) implements Phase {
            @Override
            public BreakerState state() {
                return BreakerState.CLOSED;
            }
        }

        record Open() implements Phase {
            @Override
            public BreakerState state() {
                return BreakerState.OPEN;
            }
        }

        record HalfOpen(int admitted, int succeeded) implements Phase {
            @Override
            public BreakerState state() {
                return BreakerState.HALF_OPEN;
            }
        }

        record ForcedOpen() implements Phase {
            @Override
            public BreakerState state() {
                return BreakerState.FORCED_OPEN;
            }
        }

        record Disabled() implements Phase {
            @Override
            public BreakerState state() {
                return BreakerState.DISABLED;
            }
        }
    }

    /**
     * How the phase began.
     *
     * @param generation grows with every entry; permits of an older one no longer count
     */
    record Entry(long generation, long atNanos, Instant at, Transition.@Nullable Why why) {}

    static CircuitState initial(CircuitBreakerConfig config, long nowNanos, Instant now) {
        return new CircuitState(new Phase.Closed(0), new Entry(0, nowNanos, now, null), config, empty(config), null);
    }

    long generation() {
        return entry.generation();
    }

    /** The beginning of the next phase; when that is the same state again, it counts as entered when it was. */
    CircuitState entering(Phase next, long nowNanos, Instant now, Transition.Why why, List<CallOutcome> calls) {
        boolean again = next.state() == phase.state();
        return new CircuitState(
                next,
                new Entry(generation() + 1, again ? entry.atNanos() : nowNanos, again ? entry.at() : now, why),
                config,
                next instanceof Phase.Closed ? empty(config) : null,
                next instanceof Phase.Open ? new Opening(now, why, config, calls) : opening);
    }

    CircuitState counting(Phase samePhase) {
        return new CircuitState(samePhase, entry, config, window, opening);
    }

    CircuitState configured(CircuitBreakerConfig newConfig) {
        OutcomeWindow known = window;
        BreakerWindow wanted = newConfig.window().orElse(null);
        boolean fits = known != null && wanted != null && known.fits(wanted);
        OutcomeWindow next = fits ? known : phase instanceof Phase.Closed ? empty(newConfig) : null;
        Phase same = wanted != null && phase instanceof Phase.Closed ? new Phase.Closed(0) : phase;
        return new CircuitState(same, entry, newConfig, next, opening);
    }

    private static @Nullable OutcomeWindow empty(CircuitBreakerConfig config) {
        return config.window().map(OutcomeWindow::new).orElse(null);
    }

    long nanosUntilProbe(long nowNanos) {
        return Math.max(0, Nanos.of(config.openDuration()) - (nowNanos - entry.atNanos()));
    }
}
