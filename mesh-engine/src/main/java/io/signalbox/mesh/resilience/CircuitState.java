package io.signalbox.mesh.resilience;

import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.time.Nanos;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** All that a circuit is at one moment. Moving it makes another one. */
record CircuitState(Phase phase, Entry entry, CircuitBreakerConfig config) {

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
        return new CircuitState(new Phase.Closed(0), new Entry(0, nowNanos, now, null), config);
    }

    long generation() {
        return entry.generation();
    }

    /** The beginning of the next phase; when that is the same state again, it counts as entered when it was. */
    CircuitState entering(Phase next, long nowNanos, Instant now, Transition.Why why) {
        boolean again = next.state() == phase.state();
        return new CircuitState(
                next,
                new Entry(generation() + 1, again ? entry.atNanos() : nowNanos, again ? entry.at() : now, why),
                config);
    }

    CircuitState counting(Phase samePhase) {
        return new CircuitState(samePhase, entry, config);
    }

    CircuitState configured(CircuitBreakerConfig newConfig) {
        return new CircuitState(phase, entry, newConfig);
    }

    long nanosUntilProbe(long nowNanos) {
        return Math.max(0, Nanos.of(config.openDuration()) - (nowNanos - entry.atNanos()));
    }
}
