package io.signalbox.mesh.model;

import java.util.Locale;

/** What an endpoint is left out for. The wire names are lower case with hyphens. */
public enum EjectionReason {
    FAILURES_IN_A_ROW,
    /** Its share of successes is far below that of the others. */
    LOW_SUCCESS_RATE;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
