package io.signalbox.mesh.explain;

import io.signalbox.mesh.balance.PickedFor;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.Cause;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One attempt, for whoever asks; the fields are those of {@link AttemptRecord}.
 *
 * @param status {@code null} when no answer came
 * @param retry {@code null} when another attempt was no question
 * @param candidates the first endpoints that the version had; {@code endpoints} counts all
 */
public record AttemptStep(
        int number,
        String instance,
        String version,
        BreakerState circuit,
        Pool pool,
        @Nullable PickedFor pickedFor,
        long startNanos,
        long durationNanos,
        AttemptEnd end,
        @Nullable Integer status,
        @Nullable Cause cause,
        @Nullable RetryStep retry,
        List<Candidate> candidates,
        int endpoints,
        List<String> faults) {

    public AttemptStep {
        candidates = List.copyOf(candidates);
        faults = List.copyOf(faults);
    }

    static AttemptStep of(AttemptRecord record) {
        return new AttemptStep(
                record.number(),
                record.endpoint().instanceId(),
                record.endpoint().version(),
                record.circuit(),
                record.pool(),
                record.pickedFor(),
                record.startNanos(),
                record.durationNanos(),
                record.end(),
                record.status() == 0 ? null : record.status(),
                record.cause(),
                record.verdict() == null ? null : RetryStep.of(record.verdict(), record.budgetLeft()),
                record.candidates(),
                record.candidatesInAll(),
                record.faults());
    }
}
