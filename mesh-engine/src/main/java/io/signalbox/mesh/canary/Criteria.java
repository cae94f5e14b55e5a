package io.signalbox.mesh.canary;

import io.signalbox.mesh.model.InvalidValueException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a candidate must keep to, and how sure a verdict must be. The formulas are in {@code docs/verdict.md}.
 *
 * @param alpha the greatest chance that a candidate as good as stable is ever rolled back, 0..0.5 (default 0.05)
 * @param beta the greatest chance that a candidate worse by a margin is ever taken for good in that respect, 0..0.5
 *     (default 0.05)
 * @param successMargin how much more often the candidate may fail, as a share of requests: 0.005 is half a percentage point
 * @param latencyQuantile which latency is compared, 0.5..0.999 (default 0.99)
 * @param latencyMargin how much longer the candidate's latency may be, as a share of stable's: 0.2 is 20 % (default);
 *     {@code null} compares no latency
 * @param successRate the least share of the candidate's requests that must succeed (default 0.99); 0 asks for none
 * @param maxLatency the longest that the candidate's latency at the quantile may be; {@code null} sets none
 * @param stableObjective the least share of stable's requests that must succeed, or else the environment is bad
 *     (default 0.99)
 * @param minimumRequests how many requests the candidate must have had in a step before the next one (default 30)
 */
public record Criteria(
        double alpha,
        double beta,
        double successMargin,
        double latencyQuantile,
        @Nullable Double latencyMargin,
        double successRate,
        @Nullable Duration maxLatency,
        double stableObjective,
        long minimumRequests) {

    /** The defaults. */
    public static final Criteria DEFAULT = new Criteria(0.05, 0.05, 0.005, 0.99, 0.2, 0.99, null, 0.99, 30);

    public Criteria {
        between(alpha, 1e-6, 0.5, "alpha");
        between(beta, 1e-6, 0.5, "beta");
        between(successMargin, 1e-5, 0.5, "successMargin");
        between(latencyQuantile, 0.5, 0.999, "latencyQuantile");
        if (latencyMargin != null) {
            between(latencyMargin, 0.05, 10, "latencyMargin");
        }
        between(successRate, 0, 1, "successRate");
        InvalidValueException.unless(
                maxLatency == null || maxLatency.isPositive(), "maxLatency", maxLatency, "more than zero");
        between(stableObjective, 0, 1, "stableObjective");
        InvalidValueException.unless(minimumRequests >= 1, "minimumRequests", minimumRequests, ">= 1");
    }

    /** Whether evidence gathered for the other serves this: they may differ in how sure a verdict must be, and how soon. */
    boolean asksTheSameAs(Criteria other) {
        return successMargin == other.successMargin
                && latencyQuantile == other.latencyQuantile
                && Objects.equals(latencyMargin, other.latencyMargin)
                && successRate == other.successRate
                && Objects.equals(maxLatency, other.maxLatency)
                && stableObjective == other.stableObjective;
    }

    private static void between(double value, double least, double most, String name) {
        InvalidValueException.unless(value >= least && value <= most, name, value, least + ".." + most);
    }
}
