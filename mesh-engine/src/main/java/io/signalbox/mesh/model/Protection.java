package io.signalbox.mesh.model;

import java.util.Optional;

/**
 * What keeps a service, and its callers, from being overrun; each part is left out unless it is asked for.
 *
 * @param outliers leaves out single endpoints that do worse than they should
 */
public record Protection(Optional<OutlierDetection> outliers) {

    public static final Protection NONE = new Protection(Optional.empty());

    public Protection withOutliers(OutlierDetection detection) {
        return new Protection(Optional.of(detection));
    }
}
