package io.signalbox.mesh.canary;

/**
 * What is known about the candidate's failures beside stable's.
 *
 * @param worse against "it fails no more often than stable"
 * @param close against "it fails more often by the margin, or by more"
 * @param strata for the estimate and its interval
 */
record SuccessEvidence(Suspicion worse, Trust close, Strata strata) {

    /** How many margins worse the bets take the candidate to be. */
    private static final double[] MARGINS_WORSE = {1, 2.5, 6, 20};
    /** How many margins worse the bets on closeness take it to be: not at all, and a little. */
    private static final double[] MARGINS_CLOSE = {0, 0.25};

    private static final double GREATEST_ODDS = 1_000;

    static final SuccessEvidence NONE =
            new SuccessEvidence(Suspicion.none(MARGINS_WORSE.length), Trust.none(MARGINS_CLOSE.length), Strata.NONE);

    /** @param before what both did before this window */
    SuccessEvidence plus(Window window, Recent before, Criteria criteria) {
        Slice stable = window.stable();
        Slice candidate = window.candidate();
        if (stable.requests() == 0 || candidate.requests() == 0) {
            return this;
        }
        boolean failed = stable.failures() > 0 || candidate.failures() > 0;
        return new SuccessEvidence(
                failed ? worse.plus(betsOnWorse(window, before, criteria.successMargin())) : worse,
                close.plus(betsOnClose(window, before, criteria.successMargin()), criteria.beta()),
                strata.plus(stable, candidate));
    }

    private static double[] betsOnWorse(Window window, Recent before, double margin) {
        double rate = before.stableRate(margin / 2);
        double[] bets = new double[MARGINS_WORSE.length];
        for (int i = 0; i < bets.length; i++) {
            bets[i] = Bets.onOdds(
                    Math.min(GREATEST_ODDS, 1 + MARGINS_WORSE[i] * margin / rate),
                    window.candidate().failures(),
                    window.candidate().requests(),
                    window.stable().failures(),
                    window.stable().requests());
        }
        return bets;
    }

    private static double[] betsOnClose(Window window, Recent before, double margin) {
        double rate = before.pooledRate(margin / 2);
        double[] bets = new double[MARGINS_CLOSE.length];
        for (int i = 0; i < bets.length; i++) {
            double candidateRate = Bets.inside(rate + MARGINS_CLOSE[i] * margin);
            bets[i] = Bets.onDifference(margin, rate, candidateRate, window.stable(), window.candidate());
        }
        return bets;
    }
}
