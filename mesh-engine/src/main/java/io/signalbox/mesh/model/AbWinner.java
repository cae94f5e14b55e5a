package io.signalbox.mesh.model;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Which of the two versions of an A/B test wins, and when. What each figure means is in {@code docs/verdict.md}.
 *
 * @param metric in what a version must be worse to lose (default: success rate)
 * @param successMargin the least difference of failures that matters, as a share of requests (default 0.005)
 * @param latencyQuantile which latency is compared, 0.5..0.999 (default 0.99)
 * @param latencyMargin the least difference of latency that matters, as a share of the other's (default 0.2); 0 compares none
 * @param errorRate the greatest chance that any version wins while both are equal, 0.00001..0.5 (default 0.05)
 * @param minimumDuration how long both are watched at least, before one wins (default 10 min)
 * @param minimumRequests how many each must have had, before one wins (default 100)
 * @param maximumDuration when it ends without a winner (default 24 h)
 * @param promotion whether the winner then gets all requests (default: it does not)
 */
public record AbWinner(
        Metric metric,
        double successMargin,
        double latencyQuantile,
        double latencyMargin,
        double errorRate,
        Duration minimumDuration,
        int minimumRequests,
        Duration maximumDuration,
        Promotion promotion) {

    public static final AbWinner DEFAULT = new AbWinner(
            Metric.SUCCESS_RATE,
            0.005,
            0.99,
            0.2,
            0.05,
            Duration.ofMinutes(10),
            100,
            Duration.ofHours(24),
            Promotion.NONE);

    private static final double RAREST = 1e-5;

    /** In what a version must be worse to lose. */
    public enum Metric {
        /** It fails more often. */
        SUCCESS_RATE,
        /** It is slower. */
        LATENCY,
        /** One of both. */
        EITHER;

        public static Metric parse(String text) {
            for (Metric metric : values()) {
                if (metric.wireName().equals(text)) {
                    return metric;
                }
            }
            throw new InvalidValueException("metric", text, "success-rate | latency | either");
        }

        public String wireName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** What becomes of the split when there is a winner. */
    public enum Promotion {
        /** It stays as it is. */
        NONE,
        /** The winner gets all requests. */
        WINNER;

        /** As a policy says it: {@code true} or {@code false}. */
        public static Promotion parse(String text) {
            return switch (text) {
                case "true" -> WINNER;
                case "false" -> NONE;
                default -> throw new InvalidValueException("promote", text, "true | false");
            };
        }

        public boolean isWanted() {
            return this == WINNER;
        }
    }

    public AbWinner {
        InvalidValueException.unless(errorRate >= RAREST && errorRate <= 0.5, "errorRate", errorRate, RAREST + "..0.5");
        InvalidValueException.unless(
                metric == Metric.SUCCESS_RATE || latencyMargin != 0,
                "latencyMargin",
                latencyMargin,
                "more than 0, since the metric is " + metric.wireName());
        InvalidValueException.unless(
                minimumDuration.isPositive(), "minimumDuration", minimumDuration, "more than zero");
        InvalidValueException.unless(
                maximumDuration.compareTo(minimumDuration) >= 0,
                "maximumDuration",
                maximumDuration,
                "minimumDuration or more, which is " + minimumDuration);
        // margins, quantile and requests have the ranges of a canary
        var _ = criteria(errorRate, successMargin, latencyQuantile, latencyMargin, minimumRequests);
    }

    /** What the evidence of one direction is held against: each has half of the chance of an error. */
    public CanaryCriteria criteria() {
        return criteria(errorRate, successMargin, latencyQuantile, latencyMargin, minimumRequests);
    }

    private static CanaryCriteria criteria(
            double errorRate, double successMargin, double quantile, double latencyMargin, int minimumRequests) {
        return new CanaryCriteria(
                errorRate / 2,
                errorRate / 2,
                successMargin,
                quantile,
                latencyMargin,
                Optional.empty(),
                0,
                minimumRequests);
    }
}
