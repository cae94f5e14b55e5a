package io.signalbox.mesh.model;

import java.util.Optional;

/**
 * What keeps a service, and its callers, from being overrun; each part is left out unless it is asked for.
 *
 * @param outliers leaves out single endpoints that do worse than they should
 * @param rateLimit refuses what one caller's sidecar sends beyond a rate
 */
public record Protection(Optional<OutlierDetection> outliers, Optional<RateLimit> rateLimit) {

    public static final Protection NONE = new Protection(Optional.empty(), Optional.empty());

    public Protection withOutliers(OutlierDetection detection) {
        return new Protection(Optional.of(detection), rateLimit);
    }

    public Protection withRateLimit(RateLimit limit) {
        return new Protection(outliers, Optional.of(limit));
    }
}
