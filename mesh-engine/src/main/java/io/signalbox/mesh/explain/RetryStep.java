package io.signalbox.mesh.explain;

import io.signalbox.mesh.resilience.RetryVerdict;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether a failed attempt was repeated.
 *
 * @param pauseNanos before the next attempt; {@code null} when there was to be none
 * @param objection why there was to be none; {@code null} when there was to be one
 * @param budgetLeft retries that the budget still allowed after this verdict
 */
public record RetryStep(@Nullable Long pauseNanos, RetryVerdict.@Nullable Reason objection, int budgetLeft) {

    static RetryStep of(RetryVerdict verdict, int budgetLeft) {
        return switch (verdict) {
            case RetryVerdict.Retry(Duration pause) -> new RetryStep(pause.toNanos(), null, budgetLeft);
            case RetryVerdict.Stop(RetryVerdict.Reason reason) -> new RetryStep(null, reason, budgetLeft);
        };
    }
}
