package io.signalbox.mesh.canary;

/**
 * All that a rollout's windows have told so far, in a few numbers, however many windows there were. Immutable.
 *
 * <p>What its components hold is this package's business, and may be other in the next release; kept evidence that cannot
 * be read any more is begun anew with {@link #none()}, which costs time and never a wrong verdict.
 *
 * @param whole since the rollout began
 * @param step since the last step
 */
public record Evidence(Tally whole, Tally step) {

    private static final Evidence NONE = new Evidence(Tally.NONE, Tally.NONE);

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
    public Evidence plus(Window window, Criteria criteria) {
        return new Evidence(whole.plus(window), step.plus(window));
    }

    /** The same when a step has been taken: the requests of the step are counted anew, all else is kept. */
    public Evidence atNewStep() {
        return new Evidence(whole, Tally.NONE);
    }

    /** How many requests the candidate had since the rollout began. */
    public long candidateRequests() {
        return whole.candidateRequests();
    }

    /** How many requests the candidate had since the last step. */
    public long candidateRequestsInStep() {
        return step.candidateRequests();
    }
}
