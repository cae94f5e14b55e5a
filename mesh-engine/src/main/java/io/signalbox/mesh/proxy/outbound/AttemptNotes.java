package io.signalbox.mesh.proxy.outbound;

import io.signalbox.mesh.balance.PickedFor;
import io.signalbox.mesh.explain.AttemptEnd;
import io.signalbox.mesh.explain.AttemptRecord;
import io.signalbox.mesh.explain.Pool;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.resilience.AttemptOutcome;
import io.signalbox.mesh.resilience.CallNotes;
import io.signalbox.mesh.resilience.RetryVerdict;
import io.signalbox.mesh.routing.RouteDecision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt remembers of itself in case its request is asked about: numbers and references alone, so that taking
 * notes makes nothing. Belongs to the exchange's thread.
 */
abstract class AttemptNotes implements PickNotes, CallNotes {

    private static final byte NOBODY = -1;

    private final long startNanos;
    private BreakerState circuit = BreakerState.CLOSED;
    private long states;
    private long firstLoads;
    private long secondLoads;
    private Pool pool = Pool.USABLE;
    private @Nullable PickedFor pickedFor;
    private float score;
    private float otherScore;
    private byte other = NOBODY;
    private @Nullable AttemptNotes before;
    private @Nullable AttemptEnd end;
    private long endNanos;
    private @Nullable Cause why;
    private int answered;
    private @Nullable RetryVerdict verdict;
    private int budgetLeft;
    private List<String> faults = List.of();

    AttemptNotes(long startNanos) {
        this.startNanos = startNanos;
    }

    abstract Endpoint endpoint();

    abstract RouteDecision.Routed route();

    abstract long nanos();

    /** Where the sidecar runs; {@code null} when it does not say. */
    abstract @Nullable String zone();

    /** 1 for the first of its request. */
    final int number() {
        AttemptNotes previous = before;
        return previous == null ? 1 : previous.number() + 1;
    }

    @Override
    public final void among(Pool from) {
        pool = from;
        pickedFor = null;
        score = Float.NaN;
        other = NOBODY;
    }

    @Override
    public final void picked(PickedFor reason, double ofPicked, @Nullable Endpoint next, double ofNext) {
        pickedFor = reason;
        score = (float) ofPicked;
        otherScore = (float) ofNext;
        other = next == null ? NOBODY : place(next);
    }

    /** Among the first sixteen, as they are remembered. */
    @SuppressWarnings("ReferenceEquality") // candidates are the route's own objects
    private byte place(Endpoint endpoint) {
        List<Endpoint> endpoints = route().endpoints();
        for (int i = Lineup.shown(endpoints) - 1; i >= 0; i--) {
            if (endpoints.get(i) == endpoint) {
                return (byte) i;
            }
        }
        return NOBODY;
    }

    final void lineUp(BreakerState ownCircuit, Circuits circuits) {
        List<Endpoint> endpoints = route().endpoints();
        circuit = ownCircuit;
        states = Lineup.states(endpoints, circuits);
        firstLoads = Lineup.loads(endpoints, 0, circuits);
        secondLoads = endpoints.size() <= Long.BYTES ? 0 : Lineup.loads(endpoints, Long.BYTES, circuits);
    }

    final void after(@Nullable AttemptNotes previous) {
        before = previous;
    }

    final @Nullable AttemptNotes before() {
        return before;
    }

    /** @param cause which the peer's sidecar gave, if it gave the answer */
    final void noteHead(int status, @Nullable Cause cause) {
        endNanos = nanos();
        end = AttemptEnd.ANSWERED;
        answered = status;
        why = cause;
    }

    final void noteEnd(AttemptEnd how, @Nullable Cause cause) {
        endNanos = nanos();
        end = how;
        why = cause;
    }

    /** Whether it was noted how it ended. */
    final boolean isOver() {
        return end != null;
    }

    /** Faults of the policy befell it, those on the caller's side first. */
    final void noteFaults(List<String> names) {
        if (!names.isEmpty()) {
            faults = faults.isEmpty()
                    ? names
                    : Stream.concat(faults.stream(), names.stream()).toList();
        }
    }

    final List<String> faults() {
        return faults;
    }

    /** From its beginning to what was noted last. */
    final long took() {
        return endNanos - startNanos;
    }

    @Override
    public final long tookNanos() {
        return end == null ? nanos() - startNanos : took();
    }

    final void noteVerdict(RetryVerdict decided, int left) {
        verdict = decided;
        budgetLeft = left;
    }

    /** Of the answer's head; 0 when none came. */
    @Override
    public final int status() {
        return answered;
    }

    /** The cause that {@link #noteHead} was told, or why no head came. */
    @Override
    public final @Nullable Cause cause() {
        return why;
    }

    static AttemptEnd end(AttemptOutcome outcome) {
        return switch (outcome) {
            case AttemptOutcome.Answered _, AttemptOutcome.GrpcAnswered _ -> AttemptEnd.ANSWERED;
            case AttemptOutcome.TimedOut _ -> AttemptEnd.TRY_TIMED_OUT;
            case AttemptOutcome.ConnectFailed _ -> AttemptEnd.CONNECT_FAILED;
            case AttemptOutcome.Reset _ -> AttemptEnd.RESET;
            case AttemptOutcome.Other _ -> AttemptEnd.REFUSED;
        };
    }

    /**
     * The request that is over.
     *
     * @param beginNanos when it began, on the ticker; {@code begin} by the clock
     * @param overNanos when it ended
     * @param cause how it ended: what cut off an attempt that was still under way
     */
    record Over(
            Instant begin,
            long beginNanos,
            long overNanos,
            @Nullable Cause cause) {}

    /** The notes in full. */
    final AttemptRecord record(Over request, Candidates candidates) {
        AttemptEnd how = end;
        long sinceBegin = startNanos - request.beginNanos();
        return new AttemptRecord(
                number(),
                endpoint(),
                circuit,
                pool,
                pickedFor,
                sinceBegin,
                Math.max(0, (how == null ? request.overNanos() : endNanos) - startNanos),
                how == null ? cutOff(request.cause()) : how,
                answered,
                how == null ? request.cause() : why,
                verdict,
                budgetLeft,
                candidates.of(new Candidates.Pick(
                        endpoint(),
                        pool,
                        states,
                        firstLoads,
                        secondLoads,
                        new Candidates.Scores(score, other, otherScore),
                        zone(),
                        tried(),
                        request.begin().plusNanos(sinceBegin))),
                route().endpoints().size(),
                faults);
    }

    private List<Endpoint> tried() {
        List<Endpoint> tried = new ArrayList<>();
        for (AttemptNotes earlier = before; earlier != null; earlier = earlier.before) {
            tried.add(earlier.endpoint());
        }
        return tried;
    }

    private static AttemptEnd cutOff(@Nullable Cause cause) {
        if (cause == Cause.TIMEOUT) {
            return AttemptEnd.TIMED_OUT;
        }
        return cause == Cause.CALLER_GONE ? AttemptEnd.CALLER_GONE : AttemptEnd.INTERNAL;
    }
}
