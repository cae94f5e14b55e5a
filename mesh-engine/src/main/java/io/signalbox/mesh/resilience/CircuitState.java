package io.signalbox.mesh.resilience;

import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.model.CircuitReason;
import io.signalbox.mesh.time.Nanos;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * All that a circuit is at one moment. Moving it makes another one.
 *
 * @param window what is counted while closed; it and what follows are filled in place
 * @param aftermath of its last opening by itself
 * @param refusals since it last ceased to let all calls through
 */
record CircuitState(
        Phase phase,
        Entry entry,
        CircuitBreakerConfig config,
        @Nullable OutcomeWindow window,
        @Nullable Aftermath aftermath,
        Refusals refusals) {

    /** What is counted in each state. */
    sealed interface Phase {

        BreakerState state();

        record Closed() implements Phase {
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
    record Entry(
            long generation,
            long atNanos,
            Instant at,
            @Nullable CircuitReason why) {}

    static CircuitState initial(CircuitBreakerConfig config, long nowNanos, Instant now) {
        return new CircuitState(
                new Phase.Closed(),
                new Entry(0, nowNanos, now, null),
                config,
                new OutcomeWindow(config),
                null,
                new Refusals(nowNanos, now, config));
    }

    long generation() {
        return entry.generation();
    }

    /** The beginning of the next phase; when that is the same state again, it counts as entered when it was. */
    CircuitState entering(Phase next, long nowNanos, Instant now, CircuitReason why) {
        boolean again = next.state() == phase.state();
        return new CircuitState(
                next,
                new Entry(generation() + 1, again ? entry.atNanos() : nowNanos, again ? entry.at() : now, why),
                config,
                next instanceof Phase.Closed ? new OutcomeWindow(config) : null,
                aftermath,
                letsAllThrough() && next.state().refuses() ? new Refusals(nowNanos, now, config) : refusals);
    }

    /** Open, because of that crossing. */
    CircuitState opening(long nowNanos, Instant now, CircuitReason why, OutcomeWindow.Crossing crossing) {
        CircuitState open = entering(new Phase.Open(), nowNanos, now, why);
        Aftermath opened = new Aftermath(generation(), now, why, config, crossing, open.refusals());
        return new CircuitState(open.phase(), open.entry(), config, null, opened, open.refusals());
    }

    CircuitState counting(Phase samePhase) {
        return new CircuitState(samePhase, entry, config, window, aftermath, refusals);
    }

    /** The same, but it has refused nothing. */
    CircuitState forgetting(long nowNanos, Instant now) {
        return new CircuitState(phase, entry, config, window, aftermath, new Refusals(nowNanos, now, config));
    }

    CircuitState configured(CircuitBreakerConfig newConfig) {
        OutcomeWindow known = window;
        OutcomeWindow next = known == null || known.fits(newConfig) ? known : new OutcomeWindow(newConfig);
        return new CircuitState(phase, entry, newConfig, next, aftermath, refusals);
    }

    private boolean letsAllThrough() {
        return switch (phase) {
            case Phase.Closed _, Phase.Disabled _ -> true;
            case Phase.Open _, Phase.HalfOpen _, Phase.ForcedOpen _ -> false;
        };
    }

    long nanosUntilProbe(long nowNanos) {
        return Math.max(0, Nanos.of(config.openDuration()) - (nowNanos - entry.atNanos()));
    }
}
