package io.signalbox.mesh.runtime;

import io.signalbox.mesh.resilience.Transition;
import io.signalbox.mesh.resilience.WindowCounts;
import java.math.BigDecimal;

/** Why a circuit moved, in words for a person. */
final class TransitionWords {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private TransitionWords() {}

    static String of(Transition.Why why) {
        return switch (why) {
            case Transition.Why.FailuresInARow(int failures) ->
                failures == 1 ? "1 failure" : failures + " failures in a row";
            case Transition.Why.FailureRate(WindowCounts counts, double threshold) ->
                share(counts.failures(), counts, "failed", threshold);
            case Transition.Why.SlowCallRate(WindowCounts counts, double threshold) ->
                share(counts.slow(), counts, "were slow", threshold);
            case Transition.Why.OpenTimeOver() -> "open time over";
            case Transition.Why.TrialsSucceeded(int trials) ->
                trials == 1 ? "1 trial succeeded" : trials + " trials succeeded";
            case Transition.Why.TrialFailed() -> "a trial failed";
            case Transition.Why.TrialSlow(long nanos) -> "a trial took " + nanos / NANOS_PER_MILLI + " ms";
            case Transition.Why.ByHand(String by, String reason) ->
                reason.isEmpty() ? "by " + by : "by " + by + ": " + reason;
        };
    }

    private static String share(int some, WindowCounts counts, String what, double threshold) {
        String percent = BigDecimal.valueOf(threshold)
                .movePointRight(2)
                .stripTrailingZeros()
                .toPlainString();
        return some + " of " + counts.calls() + " calls " + what + " (opens at " + percent + " %)";
    }
}
