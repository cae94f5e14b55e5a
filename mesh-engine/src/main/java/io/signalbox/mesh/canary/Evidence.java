package io.signalbox.mesh.canary;

import org.jspecify.annotations.Nullable;

/**
 * All that a rollout's windows have told so far, in a few numbers, however many windows there were. Immutable.
 *
 * <p>What its components hold is this package's business, and may be other in the next release; kept evidence that cannot
 * be read any more is begun anew with {@link #none()}, which costs time and never a wrong verdict.
 *
 * @param criteria that it was gathered for; {@code null} before the first window
 * @param whole since the rollout began
 * @param step since the last step
 * @param recent what both versions did lately
 */
public record Evidence(
        @Nullable Criteria criteria,
        Tally whole,
        Tally step,
        Recent recent,
        SuccessEvidence success,
        LatencyEvidence latency,
        BoundEvidence bounds) {

    private static final Evidence NONE = new Evidence(
            null, Tally.NONE, Tally.NONE, Recent.NONE, SuccessEvidence.NONE, LatencyEvidence.NONE, BoundEvidence.NONE);

    /** Of a rollout that begins. */
    public static Evidence none() {
        return NONE;
    }

    /**
     * This and one window more, which must lie after all windows before.
     *
     * <p>Evidence is gathered for some criteria. With other margins, quantile, thresholds or objective than before it
     * begins anew with this window, since a margin chosen after a look at the numbers proves nothing.
     */
    public Evidence plus(Window window, Criteria asked) {
        Evidence so = gatheredFor(asked);
        return new Evidence(
                asked,
                so.whole.plus(window),
                so.step.plus(window),
                so.recent.plus(window),
                so.success.plus(window, so.recent, asked),
                so.latency.plus(window, so.recent, asked),
                so.bounds.plus(window, asked));
    }

    /** The same when a step has been taken: the requests of the step are counted anew, all else is kept. */
    public Evidence atNewStep() {
        return new Evidence(criteria, whole, Tally.NONE, recent, success, latency, bounds);
    }

    /** How many requests the candidate had since the rollout began. */
    public long candidateRequests() {
        return whole.candidateRequests();
    }

    /** How many requests the candidate had since the last step. */
    public long candidateRequestsInStep() {
        return step.candidateRequests();
    }

    /** This, or none when it was gathered for something else. */
    Evidence gatheredFor(Criteria asked) {
        return criteria == null || criteria.asksTheSameAs(asked) ? this : NONE;
    }
}
