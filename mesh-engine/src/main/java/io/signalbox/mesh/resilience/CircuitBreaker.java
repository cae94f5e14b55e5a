package io.signalbox.mesh.resilience;

import io.signalbox.mesh.model.BreakerCommand;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.BreakerWindow;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.model.CircuitReason;
import io.signalbox.mesh.resilience.CallOutcome.Speed;
import io.signalbox.mesh.resilience.CallOutcome.Verdict;
import io.signalbox.mesh.resilience.CircuitState.Phase;
import io.signalbox.mesh.time.Ticker;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops calls to what keeps failing, and tries it again carefully.
 *
 * <p>Closed, it counts failures in a row (a success starts over) and opens at {@code failureThreshold}; with a window,
 * it opens at a share of failed or slow calls instead, and a trial that is slow counts as failed. Open, it refuses. The
 * first call after {@code openDuration} moves it to half-open and is the first trial. One half-open period lets at most
 * {@code halfOpenRequests} trials through in all, of which an ignored one gives its place back; {@code successThreshold}
 * successes close the circuit, one failure opens it again for the full time.
 *
 * <p>For any number of threads: the whole state is one reference to an immutable value, moved by compare-and-set, and
 * asking for leave takes no lock. A call that ends while it is closed is entered under a short lock of its own, a few
 * stores into arrays that exist, so that what is kept for the explanation is in the very order in which it was judged.
 * A refusal writes no shared state but a count. Only {@link #tryAcquire}, settled permits and operators move it; every
 * query leaves it alone.
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
                    return refuse(seen, ticker.nanos());
                }
                case Phase.Open _ -> {
                    long now = ticker.nanos();
                    if (seen.nanosUntilProbe(now) > 0) {
                        return refuse(seen, now);
                    }
                    CircuitState next = move(seen, new Phase.HalfOpen(1, 0), new CircuitReason.OpenTimeOver());
                    if (next != null) {
                        return permit(next);
                    }
                }
                case Phase.HalfOpen(int admitted, int succeeded) -> {
                    if (succeeded >= seen.config().successThreshold()) {
                        // Possible only when the threshold was lowered below what has succeeded already.
                        move(seen, new Phase.Closed(), new CircuitReason.TrialsSucceeded(succeeded));
                    } else if (admitted >= seen.config().halfOpenRequests()) {
                        return refuse(seen, ticker.nanos());
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
                window == null || judgesByWindow(seen) ? 0 : window.failuresInARow(),
                seen.phase() instanceof Phase.HalfOpen trials ? trials.admitted() : 0,
                seen.phase() instanceof Phase.HalfOpen trials ? trials.succeeded() : 0,
                seen.refusals().sum(),
                Optional.ofNullable(seen.entry().why()),
                window == null || !judgesByWindow(seen)
                        ? Optional.empty()
                        : Optional.of(window.counts(ticker.nanos())));
    }

    /** Why it last opened by itself and what came of it, however it stands now; empty when it never has. */
    public Optional<Opening> lastOpening() {
        Aftermath last = current().aftermath();
        return last == null ? Optional.empty() : Optional.of(last.opening());
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
        moveByHand(new Phase.Closed(), by, reason);
    }

    /** Closes it and forgets the refusals as well. */
    public void reset(String by, String reason) {
        moveByHand(new Phase.Closed(), by, reason);
        state.updateAndGet(seen -> seen.forgetting(ticker.nanos(), clock.instant()));
    }

    /** Never refuses and counts nothing, until closed or reset. */
    public void disable(String by, String reason) {
        moveByHand(new Phase.Disabled(), by, reason);
    }

    /** A call ended. */
    void settled(long generation, Verdict verdict, long durationNanos, CallNotes notes) {
        long now = ticker.nanos();
        OutcomeWindow entered = null;
        OutcomeWindow.Crossing crossing = null;
        while (true) {
            CircuitState seen = current();
            if (seen.generation() != generation) {
                Aftermath last = seen.aftermath();
                if (last != null && last.ended(generation)) {
                    last.late(now, outcome(seen, verdict, durationNanos, notes));
                }
                return;
            }
            OutcomeWindow window = seen.window();
            if (window != null && window != entered) {
                crossing = window.record(now, durationNanos, verdict, notes, seen.config());
                entered = window;
            }
            boolean done = switch (seen.phase()) {
                case Phase.Closed _ -> crossing == null || opened(seen, crossing);
                case Phase.HalfOpen trials -> tried(seen, trials, outcome(seen, verdict, durationNanos, notes));
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

    private static boolean judgesByWindow(CircuitState seen) {
        return seen.config().window().isPresent();
    }

    private static CallOutcome outcome(CircuitState seen, Verdict verdict, long durationNanos, CallNotes notes) {
        return new CallOutcome(
                0,
                durationNanos,
                verdict,
                isSlow(seen, durationNanos) ? Speed.SLOW : Speed.QUICK,
                notes.status(),
                notes.cause(),
                notes.requestId());
    }

    private static boolean isSlow(CircuitState seen, long durationNanos) {
        BreakerWindow limits = seen.config().window().orElse(null);
        return limits != null && OutcomeWindow.isSlow(limits, durationNanos);
    }

    /** The limits may be others by now; then they judge what was there when the call came in. */
    private boolean opened(CircuitState seen, OutcomeWindow.Crossing crossing) {
        CircuitReason why = crossing.standing().crossed(seen.config());
        return why == null || move(seen, seen.opening(ticker.nanos(), clock.instant(), why, crossing), why);
    }

    private boolean tried(CircuitState seen, Phase.HalfOpen trials, CallOutcome call) {
        int succeeded = trials.succeeded() + 1;
        if (call.verdict() == Verdict.FAILED) {
            return openAgain(seen, new CircuitReason.TrialFailed(), call);
        }
        if (call.speed() == Speed.SLOW) {
            return openAgain(seen, new CircuitReason.TrialSlow(call.durationNanos()), call);
        }
        return succeeded < seen.config().successThreshold()
                ? count(seen, new Phase.HalfOpen(trials.admitted(), succeeded))
                : move(seen, new Phase.Closed(), new CircuitReason.TrialsSucceeded(succeeded)) != null;
    }

    private boolean openAgain(CircuitState seen, CircuitReason why, CallOutcome call) {
        CircuitState next = seen.entering(new Phase.Open(), ticker.nanos(), clock.instant(), why);
        boolean moved = move(seen, next, why);
        Aftermath last = seen.aftermath();
        if (moved && last != null) {
            last.trialFailed(next.entry().at(), why, call);
        }
        return moved;
    }

    private Permit permit(CircuitState seen) {
        return seen.config().window().isEmpty()
                ? new Permit(this, seen.generation())
                : new TimedPermit(this, seen.generation(), ticker.nanos());
    }

    private static @Nullable Permit refuse(CircuitState seen, long nowNanos) {
        seen.refusals().count(nowNanos);
        return null;
    }

    private boolean count(CircuitState seen, Phase samePhase) {
        return state.compareAndSet(seen, seen.counting(samePhase));
    }

    /** Returns the new state, or {@code null} when another thread was faster. */
    private @Nullable CircuitState move(CircuitState seen, Phase next, CircuitReason why) {
        CircuitState moved = seen.entering(next, ticker.nanos(), clock.instant(), why);
        return move(seen, moved, why) ? moved : null;
    }

    private boolean move(CircuitState seen, CircuitState next, CircuitReason why) {
        boolean moved = state.compareAndSet(seen, next);
        if (moved) {
            tell(seen, next, why);
        }
        return moved;
    }

    private void tell(CircuitState before, CircuitState now, CircuitReason why) {
        if (before.phase().state() != now.phase().state()) {
            announce(new Transition(
                    before.phase().state(),
                    now.phase().state(),
                    why,
                    now.entry().at(),
                    now.generation()));
        }
    }

    private void moveByHand(Phase next, String by, String reason) {
        while (move(current(), next, new CircuitReason.ByHand(by, reason)) == null) {
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
