package io.signalbox.console.theme;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.net.URL;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** A set of values for the colour tokens: dark or light, each also in high contrast. */
public enum Theme {
    DARK("tokens-dark.css"),
    LIGHT("tokens-light.css"),
    HIGH_CONTRAST_DARK("tokens-high-contrast-dark.css"),
    HIGH_CONTRAST_LIGHT("tokens-high-contrast.css");

    private final String sheet;

    Theme(String sheet) {
        this.sheet = sheet;
    }

    /** The address of the sheet that gives every colour token its value. */
    String tokenSheet() {
        return resource(sheet).toExternalForm();
    }

    /** The address of the base style sheet below our own. */
    String baseSheet() {
        return isDark() ? new PrimerDark().getUserAgentStylesheet() : new PrimerLight().getUserAgentStylesheet();
    }

    public boolean isDark() {
        return this == DARK || this == HIGH_CONTRAST_DARK;
    }

    /** The theme with the same contrast on the opposite ground. */
    public Theme opposite() {
        return switch (this) {
            case DARK -> LIGHT;
            case LIGHT -> DARK;
            case HIGH_CONTRAST_DARK -> HIGH_CONTRAST_LIGHT;
            case HIGH_CONTRAST_LIGHT -> HIGH_CONTRAST_DARK;
        };
    }

    /** The name under which a preference keeps this theme: lower case with hyphens. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Theme> byId(String id) {
        for (Theme theme : values()) {
            if (theme.id().equals(id)) {
                return Optional.of(theme);
            }
        }
        return Optional.empty();
    }

    static URL resource(String path) {
        String full = "/io/signalbox/console/theme/" + path;
        return Objects.requireNonNull(Theme.class.getResource(full), full);
    }
}
