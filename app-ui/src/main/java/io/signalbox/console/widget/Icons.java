package io.signalbox.console.widget;

import org.kordamp.ikonli.javafx.FontIcon;

/** Feather icons in the console's four sizes, which follow the text size. */
public final class Icons {

    private Icons() {}

    /** An icon among words, 12 px. */
    public static FontIcon inline(String code) {
        return icon(code, "mesh-icon-inline");
    }

    /** An icon on a button, 14 px. */
    public static FontIcon button(String code) {
        return icon(code, "mesh-icon-button");
    }

    /** An icon on the rail, 16 px. */
    public static FontIcon rail(String code) {
        return icon(code, "mesh-icon-rail");
    }

    /** An icon that stands for a whole pane, 20 px. */
    public static FontIcon large(String code) {
        return icon(code, "mesh-icon-large");
    }

    private static FontIcon icon(String code, String sizeClass) {
        FontIcon icon = new FontIcon(code);
        icon.getStyleClass().add(sizeClass);
        icon.setMouseTransparent(true);
        return icon;
    }
}
