package io.signalbox.mesh.model;

import java.util.Locale;

/** What one circuit stands for. The wire names are lower case. */
public enum BreakerScope {
    /** One endpoint; the others go on serving while it refuses. */
    ENDPOINT,
    /** All endpoints of the service together. */
    SERVICE;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static BreakerScope parse(String text) {
        for (BreakerScope scope : values()) {
            if (scope.wireName().equals(text)) {
                return scope;
            }
        }
        throw new InvalidValueException("circuitBreaker.scope", text, "endpoint | service");
    }
}
