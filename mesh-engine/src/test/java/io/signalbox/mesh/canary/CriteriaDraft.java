package io.signalbox.mesh.canary;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Criteria of which a test changes some. */
final class CriteriaDraft {

    private double alpha;
    private double beta;
    private double successMargin;
    private double latencyQuantile;
    private @Nullable Double latencyMargin;
    private double successRate;
    private @Nullable Duration maxLatency;
    private double stableObjective;
    private final long minimumRequests;

    private CriteriaDraft(Criteria from) {
        alpha = from.alpha();
        beta = from.beta();
        successMargin = from.successMargin();
        latencyQuantile = from.latencyQuantile();
        latencyMargin = from.latencyMargin();
        successRate = from.successRate();
        maxLatency = from.maxLatency();
        stableObjective = from.stableObjective();
        minimumRequests = from.minimumRequests();
    }

    static CriteriaDraft of(Criteria from) {
        return new CriteriaDraft(from);
    }

    CriteriaDraft errors(double toRollBack, double toAdvance) {
        alpha = toRollBack;
        beta = toAdvance;
        return this;
    }

    CriteriaDraft successMargin(double share) {
        successMargin = share;
        return this;
    }

    /** @param margin {@code null} compares no latency */
    CriteriaDraft latency(double quantile, @Nullable Double margin) {
        latencyQuantile = quantile;
        latencyMargin = margin;
        return this;
    }

    CriteriaDraft successRate(double share) {
        successRate = share;
        return this;
    }

    CriteriaDraft maxLatency(Duration longest) {
        maxLatency = longest;
        return this;
    }

    CriteriaDraft stableObjective(double share) {
        stableObjective = share;
        return this;
    }

    Criteria done() {
        return new Criteria(
                alpha,
                beta,
                successMargin,
                latencyQuantile,
                latencyMargin,
                successRate,
                maxLatency,
                stableObjective,
                minimumRequests);
    }
}
