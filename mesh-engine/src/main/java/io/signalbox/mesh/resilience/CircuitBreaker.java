package io.signalbox.mesh.resilience;

import io.signalbox.mesh.model.BreakerCommand;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.BreakerWindow;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.resilience.CallOutcome.Verdict;
import io.signalbox.mesh.resilience.CircuitState.Phase;
import io.signalbox.mesh.time.Ticker;
import java.time.InstantSource;
import java.util.List;
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
 * <p>Closed, it counts failures in a row (a success starts over) and opens at {@code failureThreshold}; with a window,
 * it opens at a share of failed or slow calls instead, and a trial that is slow counts as failed. Open, it refuses. The first call after {@code openDuration} moves it to half-open and is the first trial. One half-open
 * period lets at most {@code halfOpenRequests} trials through in all, of which an ignored one gives its place back;
 * {@code successThreshold} successes close the circuit, one failure opens it again for the full time.
 *
 * <p>For any number of threads: the whole state is one reference to an immutable value, moved by compare-and-set; no
 * lock is taken and nothing blocks; only a window's outcomes are entered under a short lock of its own. A success while nothing has failed and a refusal write no shared state but a
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
        OutcomeWindow window = seen.window();
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
                Optional.ofNullable(seen.entry().why()),
                window == null ? Optional.empty() : Optional.of(window.counts(ticker.nanos())),
                Optional.ofNullable(seen.opening()));
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

    /** A call ended; of how long it took, only a window wants to know. */
    void settled(long generation, Verdict verdict, long durationNanos) {
        OutcomeWindow entered = null;
        OutcomeWindow.Crossing crossing = null;
        while (true) {
            CircuitState seen = current();
            if (seen.generation() != generation) {
                return;
            }
            OutcomeWindow window = seen.window();
            BreakerWindow limits = seen.config().window().orElse(null);
            if (window != null && limits != null && window != entered) {
                crossing = window.record(ticker.nanos(), durationNanos, verdict, limits);
                entered = window;
            }
            boolean done = switch (seen.phase()) {
                case Phase.Closed(int before) -> {
                    if (window == null || limits == null) {
                        yield counted(seen, before, verdict);
                    }
                    yield crossing == null || opened(seen, limits, crossing);
                }
                case Phase.HalfOpen trials -> tried(seen, trials, verdict, durationNanos);
                case Phase.Open _, Phase.ForcedOpen _, Phase.Disabled _ -> true;
            };
            if (done) {
                return;
            }
        }
    }

    long nanos() {
        return ticker.nanos();
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

    private boolean counted(CircuitState seen, int before, Verdict verdict) {
        return switch (verdict) {
            case SUCCEEDED -> before == 0 || count(seen, new Phase.Closed(0));
            case FAILED ->
                before + 1 < seen.config().failureThreshold()
                        ? count(seen, new Phase.Closed(before + 1))
                        : open(seen, new Transition.Why.FailuresInARow(before + 1));
        };
    }

    /** The limits may be others by now; then they judge what was there when the call came in. */
    private boolean opened(CircuitState seen, BreakerWindow limits, OutcomeWindow.Crossing crossing) {
        Transition.Why why = OutcomeWindow.crossed(limits, crossing.counts());
        return why == null || move(seen, new Phase.Open(), why, crossing.calls()) != null;
    }

    private boolean tried(CircuitState seen, Phase.HalfOpen trials, Verdict verdict, long durationNanos) {
        BreakerWindow limits = seen.config().window().orElse(null);
        int succeeded = trials.succeeded() + 1;
        if (verdict == Verdict.FAILED) {
            return open(seen, new Transition.Why.TrialFailed());
        }
        if (limits != null && OutcomeWindow.isSlow(limits, durationNanos)) {
            return open(seen, new Transition.Why.TrialSlow(durationNanos));
        }
        return succeeded < seen.config().successThreshold()
                ? count(seen, new Phase.HalfOpen(trials.admitted(), succeeded))
                : move(seen, new Phase.Closed(0), new Transition.Why.TrialsSucceeded(succeeded)) != null;
    }

    private boolean open(CircuitState seen, Transition.Why why) {
        return move(seen, new Phase.Open(), why) != null;
    }

    private Permit permit(CircuitState seen) {
        return seen.config().window().isEmpty()
                ? new Permit(this, seen.generation())
                : new TimedPermit(this, seen.generation(), ticker.nanos());
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
        return move(seen, next, why, List.of());
    }

    private @Nullable CircuitState move(CircuitState seen, Phase next, Transition.Why why, List<CallOutcome> calls) {
        CircuitState moved = seen.entering(next, ticker.nanos(), clock.instant(), why, calls);
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
