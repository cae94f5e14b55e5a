package io.signalbox.mesh.model;

import java.time.Duration;
import java.util.Optional;

/**
 * When an endpoint is left out for a while because it does worse than it should, as seen by one caller's sidecar.
 *
 * @param consecutiveFailures so many failures in a row leave it out, at least 1 (default 5)
 * @param successRate leaves out those whose success rate lies far below that of the others; empty means never
 * @param baseEjection how long it is left out the first time, more than zero (default 30 s); the second time twice as
 *     long, the third time three times
 * @param maxEjection the longest it is ever left out, at least {@code baseEjection} (default 5 min)
 * @param maxEjectedShare the share of the service's endpoints that may be left out at once, 0.0..1.0 (default 0.5),
 *     rounded down
 */
public record OutlierDetection(
        int consecutiveFailures,
        Optional<SuccessRateRule> successRate,
        Duration baseEjection,
        Duration maxEjection,
        double maxEjectedShare) {

    public static final OutlierDetection DEFAULT =
            new OutlierDetection(5, Optional.empty(), Duration.ofSeconds(30), Duration.ofMinutes(5), 0.5);

    public OutlierDetection {
        InvalidValueException.unless(
                consecutiveFailures >= 1, "outlierDetection.consecutiveFailures", consecutiveFailures, ">= 1");
        InvalidValueException.unless(
                baseEjection.isPositive(), "outlierDetection.baseEjection", baseEjection, "more than zero");
        InvalidValueException.unless(
                maxEjection.compareTo(baseEjection) >= 0,
                "outlierDetection.maxEjection",
                maxEjection,
                "at least baseEjection, which is " + baseEjection);
        InvalidValueException.unless(
                maxEjectedShare >= 0 && maxEjectedShare <= 1,
                "outlierDetection.maxEjectedShare",
                maxEjectedShare,
                "0.0..1.0");
    }

    /**
     * Compares the endpoints' success rates with each other: one is left out whose rate is lower than their mean by more
     * than so many standard deviations.
     *
     * @param interval how often they are compared, each time over the calls since, more than zero (default 10 s)
     * @param minimumCalls those with fewer calls take no part, at least 1 (default 100)
     * @param minimumEndpoints with fewer that take part nothing is compared, at least 2 (default 5)
     * @param deviations so many standard deviations, more than zero (default 1.9)
     */
    public record SuccessRateRule(Duration interval, int minimumCalls, int minimumEndpoints, double deviations) {

        public static final SuccessRateRule DEFAULT = new SuccessRateRule(Duration.ofSeconds(10), 100, 5, 1.9);

        public SuccessRateRule {
            InvalidValueException.unless(
                    interval.isPositive(), "outlierDetection.successRate.interval", interval, "more than zero");
            InvalidValueException.unless(
                    minimumCalls >= 1, "outlierDetection.successRate.minimumCalls", minimumCalls, ">= 1");
            InvalidValueException.unless(
                    minimumEndpoints >= 2, "outlierDetection.successRate.minimumEndpoints", minimumEndpoints, ">= 2");
            InvalidValueException.unless(
                    deviations > 0 && deviations < Double.POSITIVE_INFINITY,
                    "outlierDetection.successRate.deviations",
                    deviations,
                    "more than 0.0");
        }
    }
}
