package io.signalbox.mesh.canary;

import io.signalbox.mesh.canary.Check.Name;
import io.signalbox.mesh.canary.Check.State;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * About how much is missing to the next step, if the candidate is as good as stable and traffic stays as it is.
 *
 * @param requests to both versions together; empty when it cannot be told, since what was seen so far leads nowhere
 * @param time that they take; {@code null} when nothing comes, or in more than a year
 */
record Forecast(OptionalLong requests, @Nullable Duration time) {

    /** The candidate's share when there was no traffic to tell it from. */
    private static final double USUAL_SHARE = 0.1;

    private static final double MOST = 1e12;

    private static final Duration LONGEST = Duration.ofDays(365);

    static Forecast of(Evidence evidence, Criteria criteria, Judgement judgement) {
        Tally traffic = evidence.step().requests() > 0 ? evidence.step() : evidence.whole();
        double share = share(traffic);
        double border = Borders.of(criteria).close();
        double missing = 0;
        if (judgement.is(Name.SUCCESS, State.OPEN)) {
            double growth = Bets.growthOnDifference(
                    criteria.successMargin(), evidence.recent().pooledRate(criteria.successMargin() / 2), share);
            missing = needed(border - evidence.success().close().log(), growth);
        }
        Double margin = criteria.latencyMargin();
        if (margin != null && judgement.is(Name.LATENCY, State.OPEN)) {
            double growth = LatencyEvidence.growth(evidence.recent(), criteria, margin, share);
            missing =
                    Math.max(missing, needed(border - evidence.latency().close().log(), growth));
        }
        if (judgement.is(Name.REQUESTS, State.OPEN)) {
            missing = Math.max(missing, needed(criteria, evidence.step(), share, judgement));
        }
        if (missing >= MOST) {
            return new Forecast(OptionalLong.empty(), null);
        }
        long requests = (long) Math.ceil(missing);
        return new Forecast(OptionalLong.of(requests), time(requests, traffic));
    }

    private static double needed(double logs, double growth) {
        return growth > 0 ? logs / growth : MOST;
    }

    private static double needed(Criteria criteria, Tally step, double share, Judgement judgement) {
        double ofCandidate = (criteria.minimumRequests() - step.candidateRequests()) / share;
        double ofStable = (criteria.minimumRequests() - step.stableRequests()) / (1 - share);
        return judgement.alone() ? ofCandidate : Math.max(ofCandidate, ofStable);
    }

    private static double share(Tally traffic) {
        return traffic.requests() == 0
                ? USUAL_SHARE
                : Math.clamp((double) traffic.candidateRequests() / traffic.requests(), 0.01, 0.99);
    }

    /** How long so many requests of the candidate take at the rate of this step. */
    static @Nullable Duration ofCandidate(Tally step, long missing) {
        if (step.candidateRequests() == 0) {
            return null;
        }
        double seconds = step.time().toMillis() / 1_000.0 * missing / step.candidateRequests();
        return seconds > LONGEST.toSeconds() ? null : Duration.ofSeconds(Math.round(seconds));
    }

    private static @Nullable Duration time(long requests, Tally traffic) {
        if (traffic.candidateRequests() == 0) {
            return null;
        }
        double seconds = traffic.time().toMillis() / 1_000.0 * requests / traffic.requests();
        return seconds > LONGEST.toSeconds() ? null : Duration.ofSeconds(Math.round(seconds));
    }
}
