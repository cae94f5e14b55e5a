package io.signalbox.mesh.model;

import java.util.Locale;

/** What an inbound listener demands of its callers. The wire names are lower case. */
public enum MtlsMode {
    /** Mutual TLS, or no connection. */
    STRICT,
    /** Mutual TLS or plain text: for moving a mesh over. */
    PERMISSIVE,
    /** Plain text. */
    OFF;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static MtlsMode parse(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "strict" -> STRICT;
            case "permissive" -> PERMISSIVE;
            case "off" -> OFF;
            default -> throw new InvalidValueException("mtls", text, "strict | permissive | off");
        };
    }
}
