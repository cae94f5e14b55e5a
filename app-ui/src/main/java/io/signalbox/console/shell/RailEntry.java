package io.signalbox.console.shell;

import io.signalbox.console.text.Texts;
import io.signalbox.console.widget.Icons;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.text.TextAlignment;

/** One screen on the rail: its icon, its name, and a count where something wants attention. */
final class RailEntry extends Button {

    private static final PseudoClass CURRENT = PseudoClass.getPseudoClass("current");

    /** A word of more letters would break inside. */
    private static final int LONG = 10;

    private final Label name;
    private final Label badge = new Label();
    private final String title;
    private final Tooltip tooltip;

    RailEntry(ScreenId screen, Texts texts, Runnable open) {
        title = texts.get(screen.titleKey());
        getStyleClass().setAll("mesh-rail-entry", "mesh-focusable");
        setId("rail-" + screen.id());
        setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        setMaxWidth(Double.MAX_VALUE);
        setOnAction(event -> open.run());
        name = new Label(title);
        name.getStyleClass().add("mesh-rail-name");
        if (title.length() > LONG) {
            name.getStyleClass().add("mesh-rail-long");
        }
        name.setWrapText(true);
        name.setMinHeight(USE_PREF_SIZE);
        name.setTextAlignment(TextAlignment.CENTER);
        badge.getStyleClass()
                .addAll("mesh-badge-count", screen == ScreenId.BREAKERS ? "mesh-badge-danger" : "mesh-badge-accent");
        StackPane.setAlignment(badge, Pos.TOP_RIGHT);
        StackPane icon = new StackPane(Icons.rail(screen.icon()), badge);
        icon.getStyleClass().add("mesh-rail-icon");
        VBox content = new VBox(icon, name);
        content.setAlignment(Pos.CENTER);
        content.getStyleClass().add("mesh-rail-content");
        setGraphic(content);
        tooltip =
                new Tooltip(texts.get("shell.rail.tooltip", title, screen.key().toLowerCase(texts.locale())));
        setTooltip(tooltip);
        showBadge(0);
    }

    void setCurrent(boolean current) {
        pseudoClassStateChanged(CURRENT, current);
    }

    void showBadge(int count) {
        badge.setText(Integer.toString(count));
        badge.setVisible(count > 0);
        setAccessibleText(count > 0 ? title + ", " + count : title);
    }

    void showName(boolean shown) {
        name.setVisible(shown);
        name.setManaged(shown);
    }
}
