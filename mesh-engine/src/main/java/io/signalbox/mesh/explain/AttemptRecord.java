package io.signalbox.mesh.explain;

import io.signalbox.mesh.balance.PickedFor;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.resilience.RetryVerdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a request that is over.
 *
 * @param number from 1
 * @param circuit the state of the circuit that let it pass
 * @param pool among whom the endpoint was picked
 * @param pickedFor what the balancer picked it for; {@code null} when nobody balanced
 * @param startNanos since the request's begin
 * @param durationNanos to the answer's head, or to what ended the wait for it
 * @param status of the answer; 0 when none came
 * @param cause why the mesh counts it as failed, or which cause the peer's sidecar gave
 * @param verdict whether it was to be repeated; {@code null} when that was no question
 * @param budgetLeft retries that the budget still allowed after the verdict
 * @param candidates the first {@value #MOST_CANDIDATES} endpoints that the version had
 * @param candidatesInAll how many endpoints the version had
 * @param faults of the policy that befell it, by name; those on the caller's side first
 */
public record AttemptRecord(
        int number,
        Endpoint endpoint,
        BreakerState circuit,
        Pool pool,
        @Nullable PickedFor pickedFor,
        long startNanos,
        long durationNanos,
        AttemptEnd end,
        int status,
        @Nullable Cause cause,
        @Nullable RetryVerdict verdict,
        int budgetLeft,
        List<Candidate> candidates,
        int candidatesInAll,
        List<String> faults) {

    /** Endpoints of one attempt that are remembered. */
    public static final int MOST_CANDIDATES = 16;

    public AttemptRecord {
        candidates = List.copyOf(candidates);
        faults = List.copyOf(faults);
    }
}
