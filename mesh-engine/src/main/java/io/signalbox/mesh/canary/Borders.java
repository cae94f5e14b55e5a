package io.signalbox.mesh.canary;

/**
 * How much evidence is enough, as logarithms of wealth: alpha is shared out among everything that may roll a candidate back,
 * so that the chance of any of it being wrong is at most alpha.
 *
 * @param failing for "fails more often than stable"
 * @param slower for "slower than stable"
 * @param threshold for each fixed threshold
 * @param close for "not worse by the margin", where every check must be sure and so each has all of beta
 */
record Borders(double failing, double slower, double threshold, double close) {

    /** How many times as sure one must be to blame the candidate while stable breaks its own objective. */
    private static final double IN_DOUBT = 10;

    static Borders of(Criteria criteria) {
        boolean both = criteria.latencyMargin() != null;
        double failing = both ? 0.5 : 0.9;
        double threshold = criteria.maxLatency() == null ? 0.1 : 0.05;
        return new Borders(
                border(failing * criteria.alpha()),
                border(0.4 * criteria.alpha()),
                border(threshold * criteria.alpha()),
                border(criteria.beta()));
    }

    /** Where nothing is compared, so that the thresholds have all of alpha. */
    static Borders ofThresholds(Criteria criteria) {
        double all = border(criteria.alpha());
        double threshold = criteria.maxLatency() == null ? all : border(criteria.alpha() / 2);
        return new Borders(all, all, threshold, border(criteria.beta()));
    }

    /** The same while the environment is bad. */
    Borders inDoubt() {
        double more = Math.log(IN_DOUBT);
        return new Borders(failing + more, slower + more, threshold + more, close);
    }

    private static double border(double chance) {
        return -Math.log(chance);
    }
}
