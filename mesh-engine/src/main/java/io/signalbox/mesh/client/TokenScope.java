package io.signalbox.mesh.client;

import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.Names;
import java.util.Locale;

/** What a token of a control plane opens: {@code read}, {@code operate}, {@code admin} or {@code sidecar:NAME}. */
public sealed interface TokenScope {

    /** As it is written. */
    String text();

    /** Every path: reads, changes, and tokens. */
    record Admin() implements TokenScope {
        @Override
        public String text() {
            return "admin";
        }
    }

    /** Changes of policies, shares, circuits and the like, and all that can be read. */
    record Operate() implements TokenScope {
        @Override
        public String text() {
            return "operate";
        }
    }

    /** What is true, what was asked for, and who did it. */
    record Read() implements TokenScope {
        @Override
        public String text() {
            return "read";
        }
    }

    /** What a sidecar or an application does for one service: to join, to renew, to leave; nothing is read by it. */
    record Sidecar(String service) implements TokenScope {

        private static final String PREFIX = "sidecar:";

        public Sidecar {
            Names.service("scope", service);
        }

        @Override
        public String text() {
            return PREFIX + service;
        }
    }

    /** Reads what {@link #text} writes. */
    static TokenScope parse(String text) {
        if (text.startsWith(Sidecar.PREFIX)) {
            return new Sidecar(text.substring(Sidecar.PREFIX.length()));
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "admin" -> new Admin();
            case "operate" -> new Operate();
            case "read" -> new Read();
            default -> throw new InvalidValueException("scope", text, "read | operate | admin | sidecar:SERVICE");
        };
    }
}
