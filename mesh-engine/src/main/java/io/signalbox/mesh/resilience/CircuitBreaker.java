package io.signalbox.mesh.resilience;

import io.signalbox.mesh.model.BreakerCommand;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.resilience.CircuitState.Phase;
import io.signalbox.mesh.time.Ticker;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops calls to what keeps failing, and tries it again carefully.
 *
 * <p>Closed, it counts failures in a row (a success starts over) and opens at {@code failureThreshold}. Open, it
 * refuses. The first call after {@code openDuration} moves it to half-open and is the first trial. One half-open
 * period lets at most {@code halfOpenRequests} trials through in all, of which an ignored one gives its place back;
 * {@code successThreshold} successes close the circuit, one failure opens it again for the full time.
 *
 * <p>For any number of threads: the whole state is one reference to an immutable value, moved by compare-and-set; no
 * lock is taken and nothing blocks. A success while nothing has failed and a refusal write no shared state but a
 * counter. Only {@link #tryAcquire}, settled permits and operators move it; every query leaves it alone.
 *
 * <p>The listener is told after each move, on the thread that made it; it must be quick. If it throws, the move stands
 * and the call goes on.
 */
public final class CircuitBreaker {

    private static final Logger log = LoggerFactory.getLogger(CircuitBreaker.class);

    /** No entry into a state has this number. */
    private static final long NO_GENERATION = -1;

    private final Ticker ticker;
    private final InstantSource clock;
    private final Consumer<Transition> listener;
    private final AtomicReference<CircuitState> state;
    private final LongAdder refused = new LongAdder();

    public CircuitBreaker(
            CircuitBreakerConfig config, Ticker ticker, InstantSource clock, Consumer<Transition> listener) {
        this.ticker = ticker;
        this.clock = clock;
        this.listener = listener;
        this.state = new AtomicReference<>(CircuitState.initial(config, ticker.nanos(), clock.instant()));
    }

    /** Returns leave to make one call, or {@code null} when the circuit refuses it. */
    public @Nullable Permit tryAcquire() {
        while (true) {
            CircuitState seen = current();
            switch (seen.phase()) {
                case Phase.Closed _, Phase.Disabled _ -> {
                    return permit(seen);
                }
                case Phase.ForcedOpen _ -> {
                    return refuse();
                }
                case Phase.Open _ -> {
                    if (seen.nanosUntilProbe(ticker.nanos()) > 0) {
                        return refuse();
                    }
                    CircuitState next = move(seen, new Phase.HalfOpen(1, 0), new Transition.Why.OpenTimeOver());
                    if (next != null) {
                        return permit(next);
                    }
                }
                case Phase.HalfOpen(int admitted, int succeeded) -> {
                    if (succeeded >= seen.config().successThreshold()) {
                        // Possible only when the threshold was lowered below what has succeeded already.
                        move(seen, new Phase.Closed(0), new Transition.Why.TrialsSucceeded(succeeded));
                    } else if (admitted >= seen.config().halfOpenRequests()) {
                        return refuse();
                    } else if (count(seen, new Phase.HalfOpen(admitted + 1, succeeded))) {
                        return permit(seen);
                    }
                }
            }
        }
    }

    /** Returns leave to make one call whatever the circuit says, which will learn nothing from it. */
    public Permit uncounted() {
        return new Permit(this, NO_GENERATION);
    }

    /** The state as it is: open until a call has moved it on, even when the open time is over. */
    public BreakerState state() {
        return current().phase().state();
    }

    public BreakerView view() {
        CircuitState seen = current();
        return new BreakerView(
                seen.phase().state(),
                seen.entry().at(),
                seen.phase() instanceof Phase.Open
                        ? OptionalLong.of(seen.nanosUntilProbe(ticker.nanos()))
                        : OptionalLong.empty(),
                seen.phase() instanceof Phase.Closed(int failures) ? failures : 0,
                seen.phase() instanceof Phase.HalfOpen trials ? trials.admitted() : 0,
                seen.phase() instanceof Phase.HalfOpen trials ? trials.succeeded() : 0,
                refused.sum(),
                Optional.ofNullable(seen.entry().why()));
    }

    /** Follows the new thresholds from the next call on; state, counts and the time of opening stay. */
    public void configure(CircuitBreakerConfig config) {
        state.updateAndGet(seen -> seen.configured(config));
    }

    public void apply(BreakerCommand command, ChangeNote note) {
        switch (command) {
            case OPEN -> forceOpen(note.by(), note.reason());
            case CLOSE -> close(note.by(), note.reason());
            case RESET -> reset(note.by(), note.reason());
        }
    }

    /** Refuses every call until closed or reset. */
    public void forceOpen(String by, String reason) {
        moveByHand(new Phase.ForcedOpen(), by, reason);
    }

    /** Closes it now and goes on counting from zero; calls under way no longer count. */
    public void close(String by, String reason) {
        moveByHand(new Phase.Closed(0), by, reason);
    }

    /** Closes it and forgets the refusals as well. */
    public void reset(String by, String reason) {
        moveByHand(new Phase.Closed(0), by, reason);
        refused.reset();
    }

    /** Never refuses and counts nothing, until closed or reset. */
    public void disable(String by, String reason) {
        moveByHand(new Phase.Disabled(), by, reason);
    }

    void succeeded(long generation) {
        while (true) {
            CircuitState seen = current();
            if (seen.generation() != generation) {
                return;
            }
            boolean done = switch (seen.phase()) {
                case Phase.Closed(int failures) -> failures == 0 || count(seen, new Phase.Closed(0));
                case Phase.HalfOpen(int admitted, int before) -> trialSucceeded(seen, admitted, before + 1);
                case Phase.Open _, Phase.ForcedOpen _, Phase.Disabled _ -> true;
            };
            if (done) {
                return;
            }
        }
    }

    void failed(long generation) {
        while (true) {
            CircuitState seen = current();
            if (seen.generation() != generation) {
                return;
            }
            boolean done = switch (seen.phase()) {
                case Phase.Closed(int before) -> callFailed(seen, before + 1);
                case Phase.HalfOpen _ -> move(seen, new Phase.Open(), new Transition.Why.TrialFailed()) != null;
                case Phase.Open _, Phase.ForcedOpen _, Phase.Disabled _ -> true;
            };
            if (done) {
                return;
            }
        }
    }

    void ignored(long generation) {
        while (true) {
            CircuitState seen = current();
            if (seen.generation() != generation
                    || !(seen.phase() instanceof Phase.HalfOpen(int admitted, int succeeded))
                    || count(seen, new Phase.HalfOpen(admitted - 1, succeeded))) {
                return;
            }
        }
    }

    private CircuitState current() {
        return Objects.requireNonNull(state.get());
    }

    private boolean trialSucceeded(CircuitState seen, int admitted, int succeeded) {
        return succeeded < seen.config().successThreshold()
                ? count(seen, new Phase.HalfOpen(admitted, succeeded))
                : move(seen, new Phase.Closed(0), new Transition.Why.TrialsSucceeded(succeeded)) != null;
    }

    private boolean callFailed(CircuitState seen, int failures) {
        return failures < seen.config().failureThreshold()
                ? count(seen, new Phase.Closed(failures))
                : move(seen, new Phase.Open(), new Transition.Why.FailuresInARow(failures)) != null;
    }

    private Permit permit(CircuitState seen) {
        return new Permit(this, seen.generation());
    }

    private @Nullable Permit refuse() {
        refused.increment();
        return null;
    }

    private boolean count(CircuitState seen, Phase samePhase) {
        return state.compareAndSet(seen, seen.counting(samePhase));
    }

    /** Returns the new state, or {@code null} when another thread was faster. */
    private @Nullable CircuitState move(CircuitState seen, Phase next, Transition.Why why) {
        CircuitState moved = seen.entering(next, ticker.nanos(), clock.instant(), why);
        if (!state.compareAndSet(seen, moved)) {
            return null;
        }
        if (seen.phase().state() != moved.phase().state()) {
            if (moved.phase().state().refuses() && letsAllThrough(seen.phase())) {
                refused.reset();
            }
            announce(new Transition(
                    seen.phase().state(),
                    moved.phase().state(),
                    why,
                    moved.entry().at(),
                    moved.generation()));
        }
        return moved;
    }

    private static boolean letsAllThrough(Phase phase) {
        return switch (phase) {
            case Phase.Closed _, Phase.Disabled _ -> true;
            case Phase.Open _, Phase.HalfOpen _, Phase.ForcedOpen _ -> false;
        };
    }

    private void moveByHand(Phase next, String by, String reason) {
        while (move(current(), next, new Transition.Why.ByHand(by, reason)) == null) {
            Thread.onSpinWait();
        }
    }

    private void announce(Transition transition) {
        try {
            listener.accept(transition);
        } catch (RuntimeException e) {
            log.error("A listener failed on {}", transition, e);
        }
    }
}
