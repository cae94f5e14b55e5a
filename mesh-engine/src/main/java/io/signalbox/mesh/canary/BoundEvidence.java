package io.signalbox.mesh.canary;

import java.time.Duration;

/**
 * What is known about fixed thresholds, which need no second version to be held against.
 *
 * @param failing against "the candidate fails no more often than its threshold allows"
 * @param slow against "no more of the candidate's requests than the quantile allows take longer than the longest latency"
 * @param stable against "stable keeps its objective"
 * @param alone how many requests the candidate has had since stable's last one
 */
record BoundEvidence(Suspicion failing, Suspicion slow, Alarm stable, long alone) {

    /** How many times as great as allowed the bets take the rate to be. */
    private static final double[] TIMES = {1.5, 2.5, 6, 20};

    static final BoundEvidence NONE =
            new BoundEvidence(Suspicion.none(TIMES.length), Suspicion.none(TIMES.length), Alarm.none(TIMES.length), 0);

    BoundEvidence plus(Window window, Criteria criteria) {
        Slice candidate = window.candidate();
        Slice slice = window.stable();
        return new BoundEvidence(
                against(failing, 1 - criteria.successRate(), candidate.failures(), candidate.requests()),
                slower(candidate.latency(), criteria),
                slice.requests() == 0 || criteria.stableObjective() == 0
                        ? stable
                        : stable.plus(bets(1 - criteria.stableObjective(), slice.failures(), slice.requests())),
                slice.requests() == 0 ? alone + candidate.requests() : 0);
    }

    private Suspicion slower(Latencies candidate, Criteria criteria) {
        Duration longest = criteria.maxLatency();
        return longest == null
                ? slow
                : against(
                        slow,
                        1 - criteria.latencyQuantile(),
                        candidate.from(Latencies.slotOf(longest.toNanos()) + 1),
                        candidate.total());
    }

    private static Suspicion against(Suspicion suspicion, double most, long events, long requests) {
        return requests == 0 || most >= 1 ? suspicion : suspicion.plus(bets(most, events, requests));
    }

    private static double[] bets(double most, long events, long requests) {
        double[] bets = new double[TIMES.length];
        for (int i = 0; i < bets.length; i++) {
            bets[i] = Bets.onRate(most, TIMES[i], events, requests);
        }
        return bets;
    }
}
