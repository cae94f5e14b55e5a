package io.signalbox.mesh.resilience;

import io.signalbox.mesh.model.CircuitReason;
import io.signalbox.mesh.model.EjectionEnd;
import io.signalbox.mesh.model.WindowCounts;
import java.math.BigDecimal;
import java.util.Locale;

/** Why a circuit moved, or an endpoint was left out or serves again, in words for a person. */
public final class Reasons {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private Reasons() {}

    public static String of(Ejection.Why why) {
        return switch (why) {
            case Ejection.Why.FailuresInARow(int failures) -> inARow(failures);
            case Ejection.Why.LowSuccessRate(double rate, double mean, double threshold, long calls) ->
                percent(rate) + " of " + calls + " calls succeeded, of all endpoints' calls " + percent(mean)
                        + " (left out below " + percent(threshold) + ")";
        };
    }

    public static String of(CircuitReason why) {
        return switch (why) {
            case CircuitReason.FailuresInARow(int failures) -> inARow(failures);
            case CircuitReason.FailureRate(WindowCounts counts, double threshold) ->
                share(counts.failures(), counts, "failed", threshold);
            case CircuitReason.SlowCallRate(WindowCounts counts, double threshold) ->
                share(counts.slow(), counts, "were slow", threshold);
            case CircuitReason.OpenTimeOver() -> "open time over";
            case CircuitReason.TrialsSucceeded(int trials) ->
                trials == 1 ? "1 trial succeeded" : trials + " trials succeeded";
            case CircuitReason.TrialFailed() -> "a trial failed";
            case CircuitReason.TrialSlow(long nanos) -> "a trial took " + nanos / NANOS_PER_MILLI + " ms";
            case CircuitReason.ByHand(String by, String reason) ->
                reason.isEmpty() ? "by " + by : "by " + by + ": " + reason;
        };
    }

    public static String of(EjectionEnd end) {
        return switch (end) {
            case TIME_OVER -> "its time is over";
            case NOT_LISTED -> "it is no longer among the endpoints";
            case RULE_REMOVED -> "the policy leaves out nobody any more";
        };
    }

    private static String inARow(int failures) {
        return failures == 1 ? "1 failure" : failures + " failures in a row";
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private static String share(int some, WindowCounts counts, String what, double threshold) {
        String percent = BigDecimal.valueOf(threshold)
                .movePointRight(2)
                .stripTrailingZeros()
                .toPlainString();
        return some + " of " + counts.calls() + " calls " + what + " (opens at " + percent + " %)";
    }
}
