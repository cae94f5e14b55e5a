package io.signalbox.mesh.canary;

/**
 * Sums over windows from which the difference of two rates is estimated window by window, so that neither moving weights nor
 * a drifting environment can pass for a difference between the versions.
 *
 * <p>The estimate is that of Mantel and Haenszel for risk differences, its variance that of Sato (1989), which holds for few
 * long windows and for many tiny ones alike.
 *
 * @param weight Σ n₁n₀/n
 * @param weighted Σ (k₁n₀ − k₀n₁)/n
 * @param p the variance's part that grows with the difference
 * @param q the other part
 */
record Strata(double weight, double weighted, double p, double q) {

    static final Strata NONE = new Strata(0, 0, 0, 0);

    /** How much variance the interval is made for, as events: it is at its narrowest around there. */
    private static final double TUNED_FOR = 25;

    Strata plus(Slice stable, Slice candidate) {
        double n0 = stable.requests();
        double n1 = candidate.requests();
        double k0 = stable.failures();
        double k1 = candidate.failures();
        double n = n0 + n1;
        if (n0 == 0 || n1 == 0) {
            return this;
        }
        return new Strata(
                weight + n1 / n * n0,
                weighted + k1 * (n0 / n) - k0 * (n1 / n),
                p + (n1 / n) * (n1 / n) * k0 - (n0 / n) * (n0 / n) * k1 + n1 / n * n0 * ((n0 - n1) / n) / 2,
                q + (k1 * ((n0 - k0) / n) + k0 * ((n1 - k1) / n)) / 2);
    }

    /** The candidate's rate less stable's; 0 when they were never seen side by side. */
    double difference() {
        return weight == 0 ? 0 : Math.clamp(weighted / weight, -1, 1);
    }

    /**
     * How far the true difference may be from the estimated one, at any look (Robbins' normal mixture); 2 when nothing is
     * known.
     *
     * @param alpha how often it may ever be farther
     */
    double reach(double alpha) {
        if (weight == 0) {
            return 2;
        }
        double variance = Math.max(0, difference() * p + q);
        double known = variance + 1;
        double tuning = TUNED_FOR / (2 * Math.log(1 / alpha));
        double border = Math.sqrt((known + tuning) * (2 * Math.log(1 / alpha) + Math.log((known + tuning) / tuning)));
        return Math.min(2, border / weight);
    }
}
