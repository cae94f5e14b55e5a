package io.signalbox.mesh.canary;

import java.util.List;

/**
 * From evidence to a verdict: a pure function, which may be asked at any time and as often as one likes without changing how
 * often it is wrong.
 *
 * <p>Sources, formulas and limits are in {@code docs/verdict.md}.
 */
public final class CanaryDecision {

    private CanaryDecision() {}

    /** What the evidence says by these criteria. */
    public static Verdict decide(Evidence evidence, Criteria criteria) {
        return new Verdict.NotEnough(
                List.of(),
                Position.START,
                "The candidate had " + evidence.candidateRequestsInStep() + " requests in this step (at least "
                        + criteria.minimumRequests() + ").",
                0,
                null);
    }
}
