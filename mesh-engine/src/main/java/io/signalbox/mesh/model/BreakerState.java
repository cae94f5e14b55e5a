package io.signalbox.mesh.model;

import java.util.Locale;

/** Where a circuit stands. The wire names are lower case with hyphens. */
public enum BreakerState {
    CLOSED,
    OPEN,
    HALF_OPEN,
    /** Held open by an operator until closed or reset. */
    FORCED_OPEN,
    /** Never refuses. */
    DISABLED;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether calls are refused now: open or forced open. */
    public boolean refuses() {
        return this == OPEN || this == FORCED_OPEN;
    }
}
