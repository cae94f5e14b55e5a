package io.signalbox.console.breakers;

import io.signalbox.console.format.Formats;
import io.signalbox.console.text.Texts;
import io.signalbox.console.widget.LampState;
import io.signalbox.mesh.autopsy.CircuitAutopsy;
import io.signalbox.mesh.autopsy.Counterfactual;
import io.signalbox.mesh.autopsy.RecordedCall;
import io.signalbox.mesh.autopsy.RefusedSource;
import io.signalbox.mesh.model.WindowCounts;
import io.signalbox.mesh.resilience.CallOutcome.Speed;
import io.signalbox.mesh.resilience.CallOutcome.Verdict;
import io.signalbox.mesh.resilience.Replayed.Certainty;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the breakers screen says about an opening, in words and figures. */
final class AutopsyWords {

    private final Texts texts;
    private final Formats formats;

    AutopsyWords(Texts texts, Formats formats) {
        this.texts = texts;
        this.formats = formats;
    }

    String text(String key, Object... values) {
        return texts.get(key, values);
    }

    /** What was crossed, and what the calls that crossed it were answered. */
    String sentence(CircuitAutopsy circuit) {
        String opened = texts.get("breakers.why.opened", formats.clockMillis(circuit.opened()), crossed(circuit));
        String how = " " + texts.get("breakers.why.answers", answers(circuit));
        RecordedCall trial = circuit.lastTrial();
        return opened
                + how
                + (trial == null
                        ? ""
                        : " "
                                + texts.counted(
                                        "breakers.why.trials",
                                        circuit.failedTrials(),
                                        formats.count(circuit.failedTrials()),
                                        formats.clock(trial.at()),
                                        answer(trial)));
    }

    private String crossed(CircuitAutopsy circuit) {
        WindowCounts counts = circuit.counts();
        return switch (circuit.rule()) {
            case FAILURES_IN_A_ROW ->
                texts.counted(
                        "breakers.why.row",
                        Math.round(circuit.value()),
                        formats.count(Math.round(circuit.value())),
                        formats.count(Math.round(circuit.threshold())));
            case FAILURE_RATE -> share("breakers.why.failures", circuit, counts == null ? 0 : counts.failures());
            case SLOW_CALL_RATE -> share("breakers.why.slow", circuit, counts == null ? 0 : counts.slow());
        };
    }

    private String share(String key, CircuitAutopsy circuit, int part) {
        WindowCounts counts = circuit.counts();
        return texts.get(
                key,
                formats.count(part),
                formats.count(counts == null ? 0 : counts.calls()),
                formats.share(circuit.value()),
                formats.share(circuit.threshold()));
    }

    /** The answers of the judged calls that were the matter, with how often each came. */
    private String answers(CircuitAutopsy circuit) {
        boolean bySpeed = circuit.rule() == CircuitAutopsy.Rule.SLOW_CALL_RATE;
        Map<String, Long> counted =
                circuit
                        .calls()
                        .subList(
                                circuit.calls().size() - circuit.judged(),
                                circuit.calls().size())
                        .stream()
                        .filter(call -> bySpeed ? call.speed() == Speed.SLOW : call.verdict() == Verdict.FAILED)
                        .collect(Collectors.groupingBy(this::answer, Collectors.counting()));
        return counted.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry::getKey))
                .limit(3)
                .map(entry -> formats.count(entry.getValue()) + " × " + entry.getKey())
                .collect(Collectors.joining(", "));
    }

    /** What the crossing is called above its calls. */
    String bracket(CircuitAutopsy circuit) {
        WindowCounts counts = circuit.counts();
        return switch (circuit.rule()) {
            case FAILURES_IN_A_ROW -> texts.get("breakers.why.bracket.row", formats.count(Math.round(circuit.value())));
            case FAILURE_RATE ->
                texts.get(
                        "breakers.why.bracket.failed",
                        formats.count(counts == null ? 0 : counts.failures()),
                        formats.count(counts == null ? 0 : counts.calls()));
            case SLOW_CALL_RATE ->
                texts.get(
                        "breakers.why.bracket.slow",
                        formats.count(counts == null ? 0 : counts.slow()),
                        formats.count(counts == null ? 0 : counts.calls()));
        };
    }

    String clock(RecordedCall call) {
        return formats.clockMillis(call.at());
    }

    String opened(CircuitAutopsy circuit) {
        return formats.clockMillis(circuit.opened());
    }

    String refused(CircuitAutopsy circuit) {
        return texts.get(
                "breakers.refused", formats.count(circuit.refused().getFirst().calls()));
    }

    String took(RecordedCall call) {
        Long nanos = call.durationNanos();
        return nanos == null ? Formats.NONE : formats.latencyDetail(nanos);
    }

    /** A status, or why there is none. */
    String answer(RecordedCall call) {
        Integer status = call.status();
        String cause = call.cause() == null ? "" : call.cause().wireName();
        if (status == null) {
            return cause.isEmpty()
                    ? texts.get(
                            call.verdict() == Verdict.FAILED ? "breakers.why.call.failed" : "breakers.why.call.good")
                    : cause;
        }
        return cause.isEmpty() ? status.toString() : status + " " + cause;
    }

    String verdict(RecordedCall call) {
        return texts.get(
                call.verdict() == Verdict.FAILED
                        ? "breakers.why.call.failed"
                        : call.speed() == Speed.SLOW ? "breakers.why.call.slow" : "breakers.why.call.good");
    }

    /** One call in a line, for the eye and for a screen reader. */
    String line(RecordedCall call) {
        return texts.get("breakers.why.call", clock(call), verdict(call), answer(call), took(call));
    }

    String setting(Counterfactual other) {
        return other.field() + " " + other.value();
    }

    String outcome(Counterfactual other) {
        Function<String, String> by = key -> texts.get(
                key,
                formats.latency(other.byNanos() == null ? 0 : (long) other.byNanos()),
                formats.count(other.calls() == null ? 0 : other.calls()));
        return switch (other.outcome()) {
            case OPENS_AS_WELL -> texts.get("breakers.why.opens");
            case OPENS_SOONER -> by.apply("breakers.why.sooner");
            case OPENS_BEFORE -> texts.get("breakers.why.before");
            case OPENS_LATER -> by.apply("breakers.why.later");
            case STAYS_CLOSED -> texts.get("breakers.why.closed");
            case TRIES_SOONER -> by.apply("breakers.why.tries");
            case UNKNOWN -> texts.get("breakers.why.unknown");
        };
    }

    String certainty(Certainty certainty) {
        return texts.get(certainty == Certainty.EXACT ? "breakers.why.exact" : "breakers.why.estimate");
    }

    static LampState lamp(Counterfactual other) {
        return switch (other.outcome()) {
            case STAYS_CLOSED -> LampState.CLOSED;
            case OPENS_AS_WELL, OPENS_SOONER, OPENS_BEFORE, OPENS_LATER -> LampState.OPEN;
            case TRIES_SOONER -> LampState.HALF_OPEN;
            case UNKNOWN -> LampState.DISABLED;
        };
    }

    String source(RefusedSource source) {
        return source.last() == null
                ? texts.get("breakers.why.refused.none")
                : texts.get("breakers.why.refused.calls", formats.count(source.calls()), formats.clock(source.last()));
    }
}
