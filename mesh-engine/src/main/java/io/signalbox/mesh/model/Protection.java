package io.signalbox.mesh.model;

import java.util.Optional;

/**
 * What keeps a service, and its callers, from being overrun; each part is left out unless it is asked for.
 *
 * @param outliers leaves out single endpoints that do worse than they should
 * @param rateLimit refuses what one caller's sidecar sends beyond a rate
 * @param concurrency holds back, and then refuses, what one caller's sidecar sends beyond so many at once
 * @param callerLimit refuses what comes to one instance beyond a rate, for each caller by the identity that it proves
 */
public record Protection(
        Optional<OutlierDetection> outliers,
        Optional<RateLimit> rateLimit,
        Optional<ConcurrencyLimit> concurrency,
        Optional<RateLimit> callerLimit) {

    public static final Protection NONE =
            new Protection(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public Protection withOutliers(OutlierDetection detection) {
        return new Protection(Optional.of(detection), rateLimit, concurrency, callerLimit);
    }

    public Protection withRateLimit(RateLimit limit) {
        return new Protection(outliers, Optional.of(limit), concurrency, callerLimit);
    }

    public Protection withConcurrency(ConcurrencyLimit limit) {
        return new Protection(outliers, rateLimit, Optional.of(limit), callerLimit);
    }

    public Protection withCallerLimit(RateLimit limit) {
        return new Protection(outliers, rateLimit, concurrency, Optional.of(limit));
    }
}
