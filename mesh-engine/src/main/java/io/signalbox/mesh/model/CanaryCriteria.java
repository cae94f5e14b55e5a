package io.signalbox.mesh.model;

import java.time.Duration;
import java.util.Optional;

/**
 * What the evidence about a candidate must show, beside its success rate. What each means is in {@code docs/verdict.md}.
 *
 * @param falseRollback the greatest chance that a candidate as good as stable is rolled back, up to 0.5 (default 0.05)
 * @param falseAdvance the greatest chance that one worse by a margin is taken for good, up to 0.5 (default 0.05)
 * @param successMargin how much more often the candidate may fail, as a share of requests (default 0.005)
 * @param latencyQuantile which latency is compared, 0.5..0.999 (default 0.99)
 * @param latencyMargin how much longer it may be, as a share of stable's (default 0.2); 0 compares none
 * @param maxLatency the longest that the candidate's may be (default: any)
 * @param stableObjective the least share of stable's requests that must succeed, or nothing is said (default 0.99)
 * @param minimumRequests how many the candidate must have had in a step before the next (default 30)
 */
public record CanaryCriteria(
        double falseRollback,
        double falseAdvance,
        double successMargin,
        double latencyQuantile,
        double latencyMargin,
        Optional<Duration> maxLatency,
        double stableObjective,
        int minimumRequests) {

    public static final CanaryCriteria DEFAULT =
            new CanaryCriteria(0.05, 0.05, 0.005, 0.99, 0.2, Optional.empty(), 0.99, 30);

    /** The least chance of an error that can be asked for. */
    public static final double RAREST = 1e-6;

    private static final double FINEST_MARGIN = 1e-5;
    private static final double LEAST_LATENCY_MARGIN = 0.05;
    private static final double GREATEST_LATENCY_MARGIN = 10;

    public CanaryCriteria {
        between(falseRollback, RAREST, 0.5, "falseRollback");
        between(falseAdvance, RAREST, 0.5, "falseAdvance");
        between(successMargin, FINEST_MARGIN, 0.5, "successMargin");
        between(latencyQuantile, 0.5, 0.999, "latencyQuantile");
        InvalidValueException.unless(
                latencyMargin == 0
                        || (latencyMargin >= LEAST_LATENCY_MARGIN && latencyMargin <= GREATEST_LATENCY_MARGIN),
                "latencyMargin",
                latencyMargin,
                "0 for none, or " + LEAST_LATENCY_MARGIN + ".." + GREATEST_LATENCY_MARGIN);
        maxLatency.ifPresent(
                longest -> InvalidValueException.unless(longest.isPositive(), "maxLatency", longest, "more than zero"));
        between(stableObjective, 0, 1, "stableObjective");
        InvalidValueException.unless(minimumRequests >= 1, "minimumRequests", minimumRequests, ">= 1");
    }

    private static void between(double value, double least, double most, String name) {
        InvalidValueException.unless(value >= least && value <= most, name, value, least + ".." + most);
    }
}
