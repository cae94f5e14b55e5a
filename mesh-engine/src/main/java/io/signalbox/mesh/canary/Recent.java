package io.signalbox.mesh.canary;

/**
 * What both versions did lately: everything is halved once it is much, so that what is long ago fades. Of a version that
 * has no requests any more, the last ones are kept.
 *
 * <p>It is what bets are chosen by, and what a person is shown. No bet looks at the window that it is about to be decided
 * by, so a bad guess here costs time and never a wrong verdict.
 */
record Recent(Slice stable, Slice candidate) {

    static final Recent NONE = new Recent(Slice.NONE, Slice.NONE);

    /** How many requests of stable, or timed ones, are kept before all are halved. */
    private static final long MUCH = 20_000;

    Recent plus(Window window) {
        Recent sum = new Recent(plus(stable, window.stable()), plus(candidate, window.candidate()));
        long most = Math.max(sum.stable.requests(), sum.candidate.requests());
        return most >= MUCH
                ? new Recent(faded(sum.stable, window.stable()), faded(sum.candidate, window.candidate()))
                : sum;
    }

    /** About how often both versions fail, drawn a little towards a prior guess while few requests are known. */
    double pooledRate(double prior) {
        return rate(
                (double) stable.failures() + candidate.failures(),
                (double) stable.requests() + candidate.requests(),
                prior);
    }

    /** About how often stable fails, likewise. */
    double stableRate(double prior) {
        return rate((double) stable.failures(), (double) stable.requests(), prior);
    }

    private static double rate(double failures, double requests, double prior) {
        return Bets.inside((failures + 0.5) / (requests + 0.5 / prior));
    }

    private static Slice plus(Slice sum, Slice slice) {
        return new Slice(
                sum.requests() + slice.requests(),
                sum.failures() + slice.failures(),
                sum.latency().plus(slice.latency()));
    }

    private static Slice faded(Slice sum, Slice added) {
        return added.requests() == 0
                ? sum
                : new Slice(
                        sum.requests() / 2, sum.failures() / 2, sum.latency().halved());
    }
}
