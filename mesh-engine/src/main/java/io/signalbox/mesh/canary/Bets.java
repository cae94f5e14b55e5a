package io.signalbox.mesh.canary;

/**
 * What a unit of money becomes in one window, as a logarithm, when it is bet against a hypothesis. Each is expected to be at
 * most 1 before the logarithm while the hypothesis is true; {@code docs/verdict.md} says why.
 */
final class Bets {

    private static final double LEAST = 1e-9;
    private static final int HALVINGS = 60;

    private Bets() {}

    /**
     * Against "an event is no more likely in the candidate's requests than in stable's" for odds above 1, and against "no
     * less likely" for odds below 1.
     *
     * <p>While both are alike, an event falls to the candidate with the candidate's share of the requests. The bet is that
     * its odds are others.
     *
     * @param odds how many times as likely the bet takes an event to be in the candidate's requests
     */
    static double onOdds(
            double odds, long candidateEvents, long candidateRequests, long stableEvents, long stableRequests) {
        if (candidateRequests == 0 || stableRequests == 0) {
            return 0;
        }
        double share = (double) candidateRequests / ((double) candidateRequests + stableRequests);
        double events = (double) candidateEvents + stableEvents;
        return candidateEvents * Math.log(odds) - events * Math.log1p(share * (odds - 1));
    }

    /**
     * Against "the candidate's rate is at least stable's and a margin more".
     *
     * <p>The likelihood of the rates that the bet believes in, over that of the nearest pair of rates that keeps to the
     * hypothesis (Turner and Grünwald 2023).
     *
     * @param stableRate the rate that the bet takes stable to have, 0..1, neither included
     * @param candidateRate the candidate's, less than {@code stableRate + margin}
     */
    static double onDifference(double margin, double stableRate, double candidateRate, Slice stable, Slice candidate) {
        if (stable.requests() == 0 || candidate.requests() == 0) {
            return 0;
        }
        double nearest =
                nearest(margin, stableRate, candidateRate, (double) stable.requests(), (double) candidate.requests());
        return likelihoods(stable, stableRate, nearest) + likelihoods(candidate, candidateRate, nearest + margin);
    }

    /** What {@link #onDifference} is expected to bring a request while the bet is right, at a share of the candidate. */
    static double growthOnDifference(double margin, double rate, double share) {
        double nearest = nearest(margin, rate, rate, 1 - share, share);
        return (1 - share) * divergence(rate, nearest) + share * divergence(rate, nearest + margin);
    }

    /**
     * Against "the rate is at most so much".
     *
     * @param most 0..1, not 1
     * @param times how many times as great the bet takes the rate to be
     */
    static double onRate(double most, double times, long events, long requests) {
        double bound = Math.max(LEAST, most);
        double believed = Math.min(bound * times, (1 + bound) / 2);
        return events * Math.log(believed / bound)
                + ((double) requests - events) * (Math.log1p(-believed) - Math.log1p(-bound));
    }

    /** A rate moved inside 0..1 as little as can be, so that no bet loses everything at once. */
    static double inside(double rate) {
        return Math.clamp(rate, 1e-7, 1 - 1e-7);
    }

    /**
     * Stable's rate <i>q</i> in the pair (<i>q</i>, <i>q</i> + margin) that is least divergent from the believed one: where
     * the derivative of the divergence, which grows with <i>q</i>, is zero.
     */
    private static double nearest(
            double margin, double stableRate, double candidateRate, double stableWeight, double candidateWeight) {
        double low = Math.max(0, candidateRate - margin);
        double high = Math.min(stableRate, 1 - margin);
        for (int i = 0; i < HALVINGS && high - low > 1e-12 * high; i++) {
            double middle = (low + high) / 2;
            double shifted = middle + margin;
            double slope = stableWeight * (middle - stableRate) / (middle * (1 - middle))
                    + candidateWeight * (shifted - candidateRate) / (shifted * (1 - shifted));
            if (slope > 0) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return Math.max((low + high) / 2, Double.MIN_NORMAL);
    }

    private static double likelihoods(Slice slice, double believed, double nearest) {
        double successes = (double) slice.requests() - slice.failures();
        return slice.failures() * Math.log(believed / nearest)
                + successes * (Math.log1p(-believed) - Math.log1p(-nearest));
    }

    private static double divergence(double rate, double other) {
        return rate * Math.log(rate / other) + (1 - rate) * (Math.log1p(-rate) - Math.log1p(-other));
    }
}
