package io.signalbox.mesh.model;

import java.util.Locale;

/** What lets an endpoint that was left out serve again. The wire names are lower case with hyphens. */
public enum EjectionEnd {
    TIME_OVER,
    /** It is no longer among the endpoints that may be called. */
    NOT_LISTED,
    /** The policy asks for no outlier detection any more. */
    RULE_REMOVED;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
