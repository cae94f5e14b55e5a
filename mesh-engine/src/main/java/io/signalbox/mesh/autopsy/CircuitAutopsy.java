package io.signalbox.mesh.autopsy;

import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.model.CircuitReason;
import io.signalbox.mesh.model.EdgeId;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.WindowCounts;
import io.signalbox.mesh.resilience.CallOutcome;
import io.signalbox.mesh.resilience.Opening;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why one circuit last opened by itself, and what came of it.
 *
 * @param endpoint the instance called; the service itself where one circuit stands for all of it
 * @param state where it stands now
 * @param opened when
 * @param rule what was crossed
 * @param value how many failures in a row, or the share, 0.0 to 1.0
 * @param threshold what the value had to reach
 * @param counts what the window held then; {@code null} when failures in a row are counted
 * @param judged how many of the newest calls the value is of
 * @param config by which it was judged
 * @param calls since it was last closed, oldest first, the last one the one that opened it; the newest
 *     {@value #MOST_CALLS}
 * @param earlierCalls how many there were before them
 * @param late calls that were under way when it opened, as they ended; they no longer count. The first 64
 * @param failedTrials how many trials have opened it again since
 * @param lastTrial the last of them
 * @param refused who was refused since, by sidecar, this circuit's own first
 */
public record CircuitAutopsy(
        EdgeId edge,
        String sourceInstance,
        String endpoint,
        BreakerState state,
        Instant opened,
        Rule rule,
        double value,
        double threshold,
        @Nullable WindowCounts counts,
        int judged,
        CircuitBreakerConfig config,
        List<RecordedCall> calls,
        long earlierCalls,
        List<RecordedCall> late,
        int failedTrials,
        @Nullable RecordedCall lastTrial,
        List<RefusedSource> refused,
        List<Counterfactual> counterfactuals) {

    public static final int MOST_CALLS = 256;

    /** What opens a circuit. */
    public enum Rule {
        FAILURES_IN_A_ROW,
        FAILURE_RATE,
        SLOW_CALL_RATE
    }

    public CircuitAutopsy {
        calls = List.copyOf(calls);
        late = List.copyOf(late);
        refused = List.copyOf(refused);
        counterfactuals = List.copyOf(counterfactuals);
    }

    /** Names the circuit: {@code checkout-1->payment-2}. */
    public String id() {
        return sourceInstance + "->" + endpoint;
    }

    /** Which circuit, and how it stands. */
    public record Circuit(EdgeId edge, String sourceInstance, String endpoint, BreakerState state, Protocol protocol) {}

    private record Crossed(
            Rule rule,
            double value,
            double threshold,
            @Nullable WindowCounts counts) {}

    public static CircuitAutopsy of(Circuit circuit, Opening opening, KeptRequests kept, List<RefusedSource> refused) {
        Crossed crossed = crossed(opening);
        List<CallOutcome> all = opening.calls();
        int untold = Math.max(0, all.size() - MOST_CALLS);
        return new CircuitAutopsy(
                circuit.edge(),
                circuit.sourceInstance(),
                circuit.endpoint(),
                circuit.state(),
                opening.at(),
                crossed.rule(),
                crossed.value(),
                crossed.threshold(),
                crossed.counts(),
                Math.min(opening.judged(), all.size() - untold),
                opening.config(),
                recorded(all.subList(untold, all.size()), opening, kept),
                opening.earlier().calls() + untold,
                recorded(opening.late(), opening, kept),
                opening.failedTrials(),
                opening.lastTrial()
                        .map(trial -> RecordedCall.of(trial.call(), trial.at(), kept))
                        .orElse(null),
                refused,
                Counterfactuals.of(opening, circuit.protocol(), untold));
    }

    /** The same, as others know the circuit, which requests are kept, and who was refused. */
    public CircuitAutopsy with(Circuit circuit, KeptRequests kept, List<RefusedSource> others) {
        return new CircuitAutopsy(
                circuit.edge(),
                circuit.sourceInstance(),
                circuit.endpoint(),
                circuit.state(),
                opened,
                rule,
                value,
                threshold,
                counts,
                judged,
                config,
                calls.stream().map(call -> call.with(kept)).toList(),
                earlierCalls,
                late.stream().map(call -> call.with(kept)).toList(),
                failedTrials,
                lastTrial == null ? null : lastTrial.with(kept),
                others,
                counterfactuals);
    }

    private static List<RecordedCall> recorded(List<CallOutcome> calls, Opening opening, KeptRequests kept) {
        return calls.stream()
                .map(call -> RecordedCall.of(call, opening.at(), kept))
                .toList();
    }

    private static Crossed crossed(Opening opening) {
        return switch (opening.why()) {
            case CircuitReason.FailuresInARow(int failures) ->
                new Crossed(Rule.FAILURES_IN_A_ROW, failures, opening.config().failureThreshold(), null);
            case CircuitReason.FailureRate(WindowCounts counts, double threshold) ->
                new Crossed(Rule.FAILURE_RATE, counts.failureRate(), threshold, counts);
            case CircuitReason.SlowCallRate(WindowCounts counts, double threshold) ->
                new Crossed(Rule.SLOW_CALL_RATE, counts.slowRate(), threshold, counts);
            case CircuitReason.OpenTimeOver _,
                    CircuitReason.TrialsSucceeded _,
                    CircuitReason.TrialFailed _,
                    CircuitReason.TrialSlow _,
                    CircuitReason.ByHand _ ->
                throw new IllegalStateException("A circuit does not open by itself because of " + opening.why());
        };
    }
}
