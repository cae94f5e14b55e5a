package io.signalbox.mesh.proxy.outbound;

import io.signalbox.mesh.explain.AttemptEnd;
import io.signalbox.mesh.explain.AttemptRecord;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.resilience.AttemptOutcome;
import io.signalbox.mesh.resilience.RetryVerdict;
import io.signalbox.mesh.time.Ticker;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt remembers of itself in case its request is asked about: numbers and references alone, so that taking
 * notes makes nothing. Belongs to the exchange's thread.
 */
abstract class AttemptNotes {

    private final Ticker ticker;
    private final long startNanos;
    private final BreakerState circuit;
    private long states;
    private long firstLoads;
    private long secondLoads;
    private @Nullable AttemptNotes before;
    private @Nullable AttemptEnd end;
    private long endNanos;
    private @Nullable Cause why;
    private int answered;
    private @Nullable RetryVerdict verdict;
    private int budgetLeft;

    AttemptNotes(Ticker ticker, BreakerState circuit) {
        this.ticker = ticker;
        this.startNanos = ticker.nanos();
        this.circuit = circuit;
    }

    abstract int number();

    abstract Endpoint endpoint();

    final void lineUp(List<Endpoint> endpoints, Set<String> tried, Circuits circuits) {
        states = Lineup.states(endpoints, tried, circuits);
        firstLoads = Lineup.loads(endpoints, 0, circuits);
        secondLoads = endpoints.size() <= Long.BYTES ? 0 : Lineup.loads(endpoints, Long.BYTES, circuits);
    }

    final void after(@Nullable AttemptNotes previous) {
        before = previous;
    }

    final @Nullable AttemptNotes before() {
        return before;
    }

    final void noteHead(int status, @Nullable Cause cause) {
        endNanos = ticker.nanos();
        end = AttemptEnd.ANSWERED;
        answered = status;
        why = cause;
    }

    final void noteEnd(AttemptEnd how, Cause cause) {
        endNanos = ticker.nanos();
        end = how;
        why = cause;
    }

    final void noteVerdict(RetryVerdict decided, int left) {
        verdict = decided;
        budgetLeft = left;
    }

    static AttemptEnd end(AttemptOutcome outcome) {
        return switch (outcome) {
            case AttemptOutcome.Answered _ -> AttemptEnd.ANSWERED;
            case AttemptOutcome.TimedOut _ -> AttemptEnd.TRY_TIMED_OUT;
            case AttemptOutcome.ConnectFailed _ -> AttemptEnd.CONNECT_FAILED;
            case AttemptOutcome.Reset _ -> AttemptEnd.RESET;
            case AttemptOutcome.Other _ -> AttemptEnd.REFUSED;
        };
    }

    /**
     * The notes in full.
     *
     * @param beginNanos when the request began
     * @param overNanos when it ended
     * @param cause how it ended: what cut off an attempt that was still under way
     */
    final AttemptRecord record(List<Endpoint> endpoints, long beginNanos, long overNanos, @Nullable Cause cause) {
        AttemptEnd how = end;
        return new AttemptRecord(
                number(),
                endpoint(),
                circuit,
                startNanos - beginNanos,
                Math.max(0, (how == null ? overNanos : endNanos) - startNanos),
                how == null ? cutOff(cause) : how,
                answered,
                how == null ? cause : why,
                verdict,
                budgetLeft,
                Lineup.unpacked(endpoints, states, firstLoads, secondLoads),
                endpoints.size());
    }

    private static AttemptEnd cutOff(@Nullable Cause cause) {
        if (cause == Cause.TIMEOUT) {
            return AttemptEnd.TIMED_OUT;
        }
        return cause == Cause.CALLER_GONE ? AttemptEnd.CALLER_GONE : AttemptEnd.INTERNAL;
    }
}
