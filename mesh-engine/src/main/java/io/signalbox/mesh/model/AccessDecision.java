package io.signalbox.mesh.model;

import java.util.Locale;

/** What the policy of a service made of a call that arrived. */
public enum AccessDecision {
    ALLOWED,
    DENIED,
    /** It went on, and would have been refused if the policy were not on trial. */
    WOULD_DENY;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
