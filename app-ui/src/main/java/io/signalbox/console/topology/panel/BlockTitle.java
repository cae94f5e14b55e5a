package io.signalbox.console.topology.panel;

import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/** The heading of a block of the panel, with a few words at its right. */
final class BlockTitle extends HBox {

    private final Label aside = new Label();

    BlockTitle(String words) {
        Label title = new Label(words);
        title.getStyleClass().add("mesh-h3");
        title.setMinWidth(Region.USE_PREF_SIZE);
        aside.getStyleClass().addAll("mesh-caption", "mesh-mono");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        setAlignment(Pos.BASELINE_LEFT);
        getChildren().addAll(title, space, aside);
    }

    void aside(String words) {
        if (!words.equals(aside.getText())) {
            aside.setText(words);
        }
    }
}
