package io.signalbox.mesh.canary;

/**
 * What is known about the candidate's latency beside stable's.
 *
 * <p>A request is slow when it takes longer than a line, which is where stable's quantile was before this window. How many
 * of each version's are slow is counted in this window, so a line that is a little off is off for both.
 *
 * @param slower against "no more of the candidate's requests are slow than of stable's"
 * @param close against "the candidate's latency is longer by the margin, or by more"
 */
record LatencyEvidence(Suspicion slower, Trust close) {

    /** How many times as likely a slow request is taken to be the candidate's. */
    private static final double[] ODDS_SLOWER = {1.5, 2.5, 6, 30};

    /** The same of a request that is beyond the margin too, if it is the candidate's. */
    private static final double[] ODDS_CLOSE = {1 / 1.5, 1 / 2.5, 1 / 6.0};

    /** The same where tails are heavy: most of what is beyond the line is beyond the margin too, so odds that differ much lose. */
    private static final double[] ODDS_CLOSE_HEAVY = {1 / 1.2, 1 / 2.5, 1 / 6.0};

    /** Which part of what is beyond the line must be beyond the margin too, for a tail to be heavy. */
    private static final double HEAVY = 0.75;

    /** How many of stable's requests must lie beyond the quantile before its tail is taken for known. */
    private static final double TAIL_KNOWN = 100;

    /** How many of stable's requests must lie beyond the quantile before it is taken for known. */
    private static final double ENOUGH_BEYOND = 2;

    static final LatencyEvidence NONE =
            new LatencyEvidence(Suspicion.none(ODDS_SLOWER.length), Trust.none(ODDS_CLOSE.length));

    /** @param before what both did before this window */
    LatencyEvidence plus(Window window, Recent before, Criteria criteria) {
        Double margin = criteria.latencyMargin();
        Latencies stable = window.stable().latency();
        Latencies candidate = window.candidate().latency();
        long stableTimed = stable.total();
        long candidateTimed = candidate.total();
        double beyond = 1 - criteria.latencyQuantile();
        Latencies known = before.stable().latency();
        if (margin == null || stableTimed == 0 || candidateTimed == 0 || known.total() * beyond < ENOUGH_BEYOND) {
            return this;
        }
        int line = lineAbove(known, beyond);
        long slow = candidate.from(line);
        long stableSlow = stable.from(line);
        int lineBelow = lineBelow(known, beyond);
        int farLine = lineBelow + Latencies.slotsOf(1 + margin);
        long far = candidate.from(farLine);
        long stableFar = stable.from(lineBelow);
        return new LatencyEvidence(
                slow + stableSlow > 0
                        ? slower.plus(bets(ODDS_SLOWER, slow, candidateTimed, stableSlow, stableTimed))
                        : slower,
                close.plus(
                        bets(oddsClose(known, beyond, lineBelow, farLine), far, candidateTimed, stableFar, stableTimed),
                        criteria.beta()));
    }

    /** By what was before, so that the bet is made before the window it is about. */
    private static double[] oddsClose(Latencies known, double beyond, int line, int farLine) {
        boolean heavy = known.total() * beyond >= TAIL_KNOWN && known.from(farLine) >= HEAVY * known.from(line);
        return heavy ? ODDS_CLOSE_HEAVY : ODDS_CLOSE;
    }

    /**
     * What the evidence of closeness is expected to gain with each timed request, if the candidate is as fast as stable.
     *
     * @param share of the candidate
     */
    static double growth(Recent recent, Criteria criteria, double margin, double share) {
        Latencies known = recent.stable().latency();
        double timed = known.total();
        double beyond = 1 - criteria.latencyQuantile();
        if (timed * beyond < ENOUGH_BEYOND) {
            return growth(ODDS_CLOSE, beyond, beyond / 2, share);
        }
        int line = lineBelow(known, beyond);
        int farLine = line + Latencies.slotsOf(1 + margin);
        return growth(
                oddsClose(known, beyond, line, farLine), known.from(line) / timed, known.from(farLine) / timed, share);
    }

    private static double growth(double[] bets, double stableFar, double candidateFar, double share) {
        double of = share * candidateFar;
        double all = (1 - share) * stableFar + of;
        double best = 0;
        for (double odds : bets) {
            best = Math.max(best, of * Math.log(odds) - all * Math.log1p(share * (odds - 1)));
        }
        return best;
    }

    /** The first line beyond which no more than this share lies. */
    private static int lineAbove(Latencies known, double beyond) {
        double most = known.total() * beyond;
        long sum = 0;
        int line = Latencies.SLOTS;
        while (line > 0 && sum + known.at(line - 1) <= most) {
            line--;
            sum += known.at(line);
        }
        return line;
    }

    /** The last line beyond which at least this share lies. */
    private static int lineBelow(Latencies known, double beyond) {
        double least = known.total() * beyond;
        long sum = 0;
        int line = Latencies.SLOTS;
        while (line > 0 && sum < least) {
            line--;
            sum += known.at(line);
        }
        return line;
    }

    private static double[] bets(double[] odds, long slow, long timed, long stableSlow, long stableTimed) {
        double[] bets = new double[odds.length];
        for (int i = 0; i < bets.length; i++) {
            bets[i] = Bets.onOdds(odds[i], slow, timed, stableSlow, stableTimed);
        }
        return bets;
    }
}
