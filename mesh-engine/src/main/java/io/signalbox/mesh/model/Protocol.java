package io.signalbox.mesh.model;

import java.util.Locale;

/** What an instance speaks on its port. The wire names are the lower-case names. */
public enum Protocol {
    HTTP,
    H2C,
    GRPC,
    TCP;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads a wire name; {@code https} counts as {@code http}, since the mesh itself decides about TLS. */
    public static Protocol parse(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "http", "https" -> HTTP;
            case "h2c", "http2" -> H2C;
            case "grpc" -> GRPC;
            case "tcp" -> TCP;
            default -> throw new InvalidValueException("protocol", text, "http | h2c | grpc | tcp");
        };
    }
}
