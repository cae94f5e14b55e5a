package io.signalbox.console.shell;

import io.signalbox.console.text.Texts;
import io.signalbox.console.widget.KeyCap;
import io.signalbox.console.widget.MeshButton;
import java.util.Set;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** The card that lists the keys. */
final class ShortcutSheet extends VBox {

    private final MeshButton close;
    private final GridPane grid = new GridPane();
    private int rows;

    ShortcutSheet(Texts texts, Set<ScreenId> screens, Runnable left) {
        getStyleClass().addAll("mesh-dialog", "mesh-shortcuts");
        setId("shortcuts");
        Label title = new Label(texts.get("shell.keys.title"));
        title.getStyleClass().add("mesh-h2");
        grid.getStyleClass().add("mesh-shortcut-grid");
        row(texts.get("shell.keys.palette"), "Ctrl", "K");
        row(texts.get("shell.keys.filter"), "/");
        row(texts.get("shell.keys.sheet"), "?");
        row(texts.get("shell.keys.escape"), "Esc");
        row(texts.get("shell.keys.regions"), "F6");
        row(texts.get("shell.keys.slider"), "←", "→");
        for (ScreenId screen : ScreenId.values()) {
            if (screens.contains(screen)) {
                row(texts.get(screen.titleKey()), "g", screen.key().toLowerCase(texts.locale()));
            }
        }
        close = new MeshButton(MeshButton.Kind.SECONDARY, texts.get("shell.keys.close")).onPress(left);
        HBox buttons = new HBox(close);
        buttons.getStyleClass().add("mesh-buttons");
        buttons.setAlignment(Pos.CENTER_RIGHT);
        getChildren().addAll(title, grid, buttons);
    }

    Node closeButton() {
        return close;
    }

    private void row(String does, String... keys) {
        HBox caps = new HBox();
        caps.getStyleClass().add("mesh-keys");
        for (String key : keys) {
            caps.getChildren().add(new KeyCap(key));
        }
        grid.addRow(rows++, caps, new Label(does));
    }
}
