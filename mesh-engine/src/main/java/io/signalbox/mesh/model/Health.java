package io.signalbox.mesh.model;

import java.util.Locale;

/** Whether an instance can serve, as the registry last learnt it. */
public enum Health {
    HEALTHY,
    UNHEALTHY,
    UNKNOWN;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Health parse(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "healthy" -> HEALTHY;
            case "unhealthy" -> UNHEALTHY;
            case "unknown", "" -> UNKNOWN;
            default -> throw new InvalidValueException("health", text, "healthy | unhealthy | unknown");
        };
    }
}
