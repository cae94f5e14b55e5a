package io.signalbox.mesh.cli;

import io.signalbox.mesh.autopsy.CircuitAutopsy;
import io.signalbox.mesh.autopsy.Counterfactual;
import io.signalbox.mesh.autopsy.RecordedCall;
import io.signalbox.mesh.model.BreakerWindow.Extent;
import io.signalbox.mesh.model.DurationText;
import io.signalbox.mesh.model.WindowCounts;
import io.signalbox.mesh.resilience.CallOutcome.Speed;
import io.signalbox.mesh.resilience.CallOutcome.Verdict;
import io.signalbox.mesh.resilience.Replayed.Certainty;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why a circuit opened, in words and figures of a terminal. */
final class AutopsyWords {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private AutopsyWords() {}

    /** What was crossed. */
    static String because(CircuitAutopsy circuit) {
        WindowCounts counts = circuit.counts();
        String threshold =
                BigDecimal.valueOf(circuit.threshold()).stripTrailingZeros().toPlainString();
        return switch (circuit.rule()) {
            case FAILURES_IN_A_ROW ->
                (circuit.value() == 1 ? "1 call failed" : Math.round(circuit.value()) + " calls in a row failed")
                        + "; failureThreshold is " + threshold;
            case FAILURE_RATE ->
                (counts == null ? "" : counts.failures() + " of " + counts.calls() + " calls failed, ")
                        + percent(circuit.value()) + "; window.failureRate is " + threshold;
            case SLOW_CALL_RATE ->
                (counts == null ? "" : counts.slow() + " of " + counts.calls() + " calls were slow, ")
                        + percent(circuit.value()) + "; window.slowCallRate is " + threshold;
        };
    }

    static String settings(CircuitAutopsy circuit) {
        var config = circuit.config();
        return (config.window().isEmpty()
                        ? "failureThreshold " + config.failureThreshold()
                        : "window of " + extent(config.window().get().extent()) + ", minimumCalls "
                                + config.window().get().minimumCalls() + ", failureRate "
                                + config.window().get().failureRate())
                + ", openDuration " + DurationText.format(config.openDuration()) + ", halfOpenRequests "
                + config.halfOpenRequests() + ", successThreshold " + config.successThreshold();
    }

    private static String extent(Extent extent) {
        return switch (extent) {
            case Extent.Calls(int size) -> size + " calls";
            case Extent.Time(Duration size) -> DurationText.format(size);
        };
    }

    /** With milliseconds, since a window may be full within one second. */
    static String clock(Instant at) {
        return CLOCK.format(at.atZone(ZoneId.systemDefault()));
    }

    static String took(RecordedCall call) {
        Long nanos = call.durationNanos();
        return nanos == null ? Words.NONE : Words.millis(nanos);
    }

    static String answer(RecordedCall call) {
        String answer = call.status() == null ? "no answer" : call.status().toString();
        String cause = call.cause() == null ? "" : " (" + call.cause().wireName() + ")";
        boolean hidden = call.verdict() == Verdict.FAILED && call.status() != null && call.status() < 500;
        return (call.status() == null && call.cause() == null && call.verdict() == Verdict.SUCCEEDED
                        ? "good"
                        : answer + cause)
                + (hidden && call.cause() == null ? ", failed" : "")
                + (call.speed() == Speed.SLOW ? ", slow" : "");
    }

    static String verdict(RecordedCall call) {
        return call.verdict() == Verdict.FAILED ? "failed" : "good";
    }

    static String counterfactual(Counterfactual other) {
        return other.field() + " " + other.value() + ": " + outcome(other)
                + (other.certainty() == Certainty.EXACT ? " (exact)" : " (estimate)");
    }

    private static String outcome(Counterfactual other) {
        return switch (other.outcome()) {
            case OPENS_AS_WELL -> "opens at the same call";
            case OPENS_SOONER ->
                "opens " + span(other.byNanos()) + " sooner"
                        + (other.call() == null ? "" : ", at call " + other.call());
            case OPENS_BEFORE -> "opens before the calls that are kept";
            case OPENS_LATER -> "opens " + span(other.byNanos()) + " later";
            case STAYS_CLOSED -> "stays closed on what is recorded";
            case TRIES_SOONER ->
                "the first trial comes " + span(other.byNanos()) + " sooner; " + other.calls()
                        + " of those refused came after that";
            case UNKNOWN -> "cannot be told: too few calls are kept";
        };
    }

    private static String span(@Nullable Long nanos) {
        Duration span = Duration.ofNanos(nanos == null ? 0 : nanos);
        return span.compareTo(SECOND) < 0
                ? Words.millis(span.toNanos())
                : String.format(Locale.ROOT, "%.1f s", span.toMillis() / 1_000.0);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
