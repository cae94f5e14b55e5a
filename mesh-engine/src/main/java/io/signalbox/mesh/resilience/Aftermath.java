package io.signalbox.mesh.resilience;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.model.CircuitReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One opening of a circuit, and what comes of it. For any number of threads: what has led to it stands, what follows is
 * entered under a lock of its own, by calls that no longer count.
 */
final class Aftermath {

    private static final int LATE_KEPT = 64;

    private final long closedGeneration;
    private final Instant at;
    private final CircuitReason why;
    private final CircuitBreakerConfig config;
    private final OutcomeWindow.Crossing crossing;
    private final Refusals refusals;

    @GuardedBy("this")
    private final List<CallOutcome> late = new ArrayList<>();

    @GuardedBy("this")
    private int failedTrials;

    @GuardedBy("this")
    private Opening.@Nullable FailedTrial lastTrial;

    /** @param closedGeneration that of the permits which were under way when it opened */
    Aftermath(
            long closedGeneration,
            Instant at,
            CircuitReason why,
            CircuitBreakerConfig config,
            OutcomeWindow.Crossing crossing,
            Refusals refusals) {
        this.closedGeneration = closedGeneration;
        this.at = at;
        this.why = why;
        this.config = config;
        this.crossing = crossing;
        this.refusals = refusals;
    }

    Refusals refusals() {
        return refusals;
    }

    /** Whether a permit of that generation was under way when it opened. */
    boolean ended(long generation) {
        return generation == closedGeneration;
    }

    /** A call that was under way has ended. */
    synchronized void late(long nowNanos, CallOutcome call) {
        if (late.size() < LATE_KEPT) {
            late.add(aged(call, crossing.atNanos() - nowNanos));
        }
    }

    synchronized void trialFailed(Instant when, CircuitReason reason, CallOutcome call) {
        failedTrials++;
        lastTrial = new Opening.FailedTrial(when, reason, call);
    }

    synchronized Opening opening() {
        return new Opening(
                at,
                crossing.atNanos(),
                why,
                config,
                crossing.calls(),
                crossing.earlier(),
                crossing.settings(),
                late,
                failedTrials,
                Optional.ofNullable(lastTrial),
                refusals.refused());
    }

    private static CallOutcome aged(CallOutcome call, long agoNanos) {
        return new CallOutcome(
                agoNanos,
                call.durationNanos(),
                call.verdict(),
                call.speed(),
                call.status(),
                call.cause(),
                call.requestId());
    }
}
