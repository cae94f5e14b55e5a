package io.signalbox.mesh.resilience;

import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.model.CircuitReason;
import io.signalbox.mesh.model.WindowCounts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Why a circuit opened by itself, and what has come of it, kept so that it can be explained later. Trials that failed
 * since belong to it: they keep the circuit open, but tell nothing of why it opened.
 *
 * @param atNanos the same moment on the circuit's ticker
 * @param why what was crossed, with the counts at that moment
 * @param config what it was configured with at that moment
 * @param calls the calls since it was last closed, oldest first, the last of them the one that opened it, their ages as
 *     of {@code at}: the newest 256, or as many as a window of calls has; with a window of time the newest 1,024
 * @param earlier those before them
 * @param settings whether all of them were judged by {@code config}
 * @param late calls that were under way when it opened, in the order in which they ended; they no longer count. The
 *     first 64
 * @param failedTrials how many trials have opened it again since
 * @param lastTrial the last of them
 */
public record Opening(
        Instant at,
        long atNanos,
        CircuitReason why,
        CircuitBreakerConfig config,
        List<CallOutcome> calls,
        Earlier earlier,
        Settings settings,
        List<CallOutcome> late,
        int failedTrials,
        Optional<FailedTrial> lastTrial,
        Refused refused) {

    public Opening {
        calls = List.copyOf(calls);
        late = List.copyOf(late);
    }

    /** How many of the newest calls were judged when it opened: the window, or the failures in a row. */
    public int judged() {
        int calls = switch (why) {
            case CircuitReason.FailuresInARow(int failures) -> failures;
            case CircuitReason.FailureRate(WindowCounts counts, double _) -> counts.calls();
            case CircuitReason.SlowCallRate(WindowCounts counts, double _) -> counts.calls();
            case CircuitReason.OpenTimeOver _,
                    CircuitReason.TrialsSucceeded _,
                    CircuitReason.TrialFailed _,
                    CircuitReason.TrialSlow _,
                    CircuitReason.ByHand _ -> 0;
        };
        return Math.min(calls, this.calls.size());
    }

    /** By what the calls of an opening were judged. */
    public enum Settings {
        THE_SAME,
        /** Some were judged by settings that were in force before. */
        CHANGED
    }

    /**
     * Calls since it was last closed of which nothing else is known.
     *
     * @param failuresInARow at their end
     * @param mostInARow the most of them that failed one after another
     */
    public record Earlier(long calls, int failuresInARow, int mostInARow) {

        public static final Earlier NONE = new Earlier(0, 0, 0);
    }

    /** A trial that opened the circuit again. */
    public record FailedTrial(Instant at, CircuitReason why, CallOutcome call) {}
}
