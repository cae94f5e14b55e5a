package io.signalbox.console.security;

import java.util.Locale;

/** What the screen can show. */
enum Part {
    ACCESS,
    MATRIX,
    DENIED,
    IDENTITIES;

    String titleKey() {
        return "security.part." + name().toLowerCase(Locale.ROOT);
    }
}
