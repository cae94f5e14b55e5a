package io.signalbox.console.rollouts;

import io.signalbox.console.text.Texts;
import io.signalbox.console.widget.KeyCap;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;

/** Which keys move a slider, on one line. */
final class SliderKeys extends HBox {

    SliderKeys(Texts texts) {
        getStyleClass().add("screen-pair");
        setAlignment(Pos.CENTER_LEFT);
        setMinWidth(USE_PREF_SIZE);
        getChildren()
                .addAll(
                        new KeyCap("←"),
                        new KeyCap("→"),
                        word("1\u00a0%"),
                        new KeyCap("Shift"),
                        word("10\u00a0%"),
                        new KeyCap("Enter"),
                        word(texts.get("rollouts.lever.keys.set")),
                        new KeyCap("Esc"),
                        word(texts.get("rollouts.lever.keys.undo")));
    }

    private static Label word(String text) {
        Label label = new Label(text);
        label.getStyleClass().addAll("mesh-caption", "mesh-muted");
        label.setMinWidth(USE_PREF_SIZE);
        return label;
    }
}
