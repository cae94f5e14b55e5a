package io.signalbox.console.theme;

import java.util.EnumMap;
import java.util.Map;
import javafx.scene.paint.Color;

/** The colours in force, by token, for code that paints on a canvas. */
public final class Palette {

    private final Map<Token, Color> colors;

    public Palette(Map<Token, Color> colors) {
        this.colors = new EnumMap<>(Token.class);
        this.colors.putAll(colors);
    }

    /** The token's colour; transparent while no style sheet has given it one. */
    public Color get(Token token) {
        return colors.getOrDefault(token, Color.TRANSPARENT);
    }

    /** The token's colour at an opacity of 0 to 1. */
    public Color get(Token token, double opacity) {
        return get(token).deriveColor(0, 1, 1, opacity);
    }
}
