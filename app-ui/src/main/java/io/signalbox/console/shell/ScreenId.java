package io.signalbox.console.shell;

import java.util.Locale;
import java.util.Optional;

/** One of the console's screens, in the order of the rail. */
public enum ScreenId {
    TOPOLOGY("fth-share-2", "T"),
    REQUESTS("fth-list", "Q"),
    TRAFFIC("fth-git-branch", "R"),
    ROLLOUTS("fth-trending-up", "O"),
    BREAKERS("fth-zap", "B"),
    SERVICES("fth-server", "S"),
    POLICIES("fth-file-text", "P"),
    SECURITY("fth-shield", "Y"),
    FAULTS("fth-sliders", "L"),
    EVENTS("fth-clock", "E"),
    HISTORY("fth-rotate-ccw", "H"),
    CONNECTIONS("fth-link", "C"),
    SETTINGS("fth-settings", ",");

    private final String icon;
    private final String key;

    ScreenId(String icon, String key) {
        this.icon = icon;
        this.key = key;
    }

    /** The Feather icon on the rail. */
    public String icon() {
        return icon;
    }

    /** The key that opens this screen after {@code g}, upper case. */
    public String key() {
        return key;
    }

    /** The key of this screen's name in the texts. */
    public String titleKey() {
        return "screen." + id();
    }

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<ScreenId> byId(String id) {
        for (ScreenId screen : values()) {
            if (screen.id().equals(id)) {
                return Optional.of(screen);
            }
        }
        return Optional.empty();
    }
}
