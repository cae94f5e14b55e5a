package io.signalbox.mesh.proxy.outbound;

import io.signalbox.mesh.resilience.FailedAttempt;
import io.signalbox.mesh.resilience.RetryDecider;
import io.signalbox.mesh.resilience.RetryVerdict;
import io.signalbox.mesh.routing.RouteDecision;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether a call tries again, and where it has been. */
final class Retrying {

    private Retrying() {}

    /**
     * Whether the attempt is to be repeated; if so the retry is already paid for.
     *
     * @return the pause before it, or {@code null} for no further attempt
     */
    static @Nullable Duration pause(OutboundCall call, Attempt attempt, Outcomes.Reading reading) {
        RouteDecision.Routed routed = call.route();
        if (!routed.retry().enabled() || !attempt.equals(call.step())) {
            return null;
        }
        FailedAttempt failed = new FailedAttempt(
                call.exchange.head().method(),
                call.tries(),
                reading.outcome(),
                reading.reach(),
                call.exchange.bodyReplayable() ? FailedAttempt.Body.REPLAYABLE : FailedAttempt.Body.GONE);
        RetryVerdict verdict = RetryDecider.decide(
                routed.retry(),
                failed,
                reading.retryAfter(),
                call.time().deadline(),
                call.traffic().budget(),
                call.environment.random());
        attempt.noteVerdict(verdict, call.traffic().budget().left());
        return switch (verdict) {
            case RetryVerdict.Retry(Duration pause) -> pause;
            case RetryVerdict.Stop _ -> null;
        };
    }

    /** Most calls need one attempt, so a set that can grow is made for the second. */
    static Set<String> with(Set<String> before, String instance) {
        if (before.isEmpty()) {
            return Set.of(instance);
        }
        Set<String> after = new HashSet<>(before);
        after.add(instance);
        return after;
    }
}
