package io.signalbox.console.theme;

import java.util.Locale;

/** A colour by its purpose, as a canvas asks for it; style sheets give it its value. */
public enum Token {
    BG_INSET,
    BG,
    BG_SUBTLE,
    BG_OVERLAY,
    BG_HOVER,
    BG_ACTIVE,
    BORDER,
    BORDER_MUTED,
    BORDER_STRONG,
    FG,
    FG_MUTED,
    FG_SUBTLE,
    FG_EMPHASIS,
    ACCENT,
    ACCENT_EMPHASIS,
    ACCENT_MUTED,
    ACCENT_SUBTLE,
    OK,
    OK_SUBTLE,
    WARN,
    WARN_SUBTLE,
    DANGER,
    DANGER_EMPHASIS,
    DANGER_SUBTLE,
    INFO,
    INFO_SUBTLE,
    IDLE,
    IDLE_SUBTLE,
    LAMP_OK,
    LAMP_WARN,
    LAMP_DANGER,
    V1,
    V2,
    V3,
    TRACK,
    TRACK_LIT,
    TRACK_DOT;

    /** The style property through which a canvas receives this colour. */
    public String property() {
        return "-mesh-paint-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
