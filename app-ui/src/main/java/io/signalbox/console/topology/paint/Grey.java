package io.signalbox.console.topology.paint;

import io.signalbox.console.theme.Palette;
import io.signalbox.console.theme.Token;
import java.util.EnumMap;
import java.util.Map;
import javafx.scene.paint.Color;

/** The colours of figures that are no longer those of now: no state keeps its colour, text is subtle. */
final class Grey {

    private Grey() {}

    static Palette of(Palette palette) {
        Map<Token, Color> colors = new EnumMap<>(Token.class);
        for (Token token : Token.values()) {
            colors.put(token, palette.get(substitute(token)));
        }
        return new Palette(colors);
    }

    private static Token substitute(Token token) {
        return switch (token) {
            case FG, FG_MUTED -> Token.FG_SUBTLE;
            case OK, WARN, DANGER, INFO, V1, V2, V3 -> Token.FG_SUBTLE;
            case LAMP_OK, LAMP_WARN, LAMP_DANGER -> Token.IDLE;
            case ACCENT_EMPHASIS -> Token.BORDER_STRONG;
            case TRACK_LIT -> Token.TRACK;
            default -> token;
        };
    }
}
