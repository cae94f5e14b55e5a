package io.signalbox.console.requests;

import io.signalbox.console.widget.LampState;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** One step of a walk: its number on the track, its conclusion, and below that what it rests on. */
final class Station extends HBox {

    private final VBox content = new VBox();

    Station(int number, LampState lamp, String title, String conclusion, Node... before) {
        getStyleClass().add("walk-station");
        Label sign = new Label(Integer.toString(number));
        sign.getStyleClass().addAll("walk-number", "mesh-mono-medium");
        sign.pseudoClassStateChanged(lamp.pseudoClass(), true);
        Region track = new Region();
        track.getStyleClass().add("walk-track");
        VBox.setVgrow(track, Priority.ALWAYS);
        VBox rail = new VBox(sign, track);
        rail.getStyleClass().add("walk-rail");
        Label name = new Label(title);
        name.getStyleClass().add("mesh-h3");
        name.setMinWidth(USE_PREF_SIZE);
        Label says = new Label(conclusion);
        says.getStyleClass().addAll("mesh-small", lamp == LampState.OPEN ? "mesh-danger-text" : "mesh-muted");
        says.setWrapText(true);
        HBox head = new HBox(name);
        head.getChildren().addAll(before);
        head.getChildren().add(says);
        head.getStyleClass().add("walk-head");
        head.setAlignment(Pos.TOP_LEFT);
        content.getChildren().add(head);
        content.getStyleClass().add("walk-content");
        HBox.setHgrow(content, Priority.ALWAYS);
        content.setMinWidth(0);
        getChildren().addAll(rail, content);
    }

    /** A station at which nothing was to be done. */
    Station unused() {
        getStyleClass().add("walk-unused");
        return this;
    }

    /** The end of the track. */
    Station last() {
        getStyleClass().add("walk-last");
        return this;
    }

    Station with(Node evidence) {
        content.getChildren().add(evidence);
        return this;
    }

    /** Evidence in a sentence; nothing for an empty one. */
    Station with(String sentence, String... styles) {
        if (!sentence.isEmpty()) {
            Label label = new Label(sentence);
            label.getStyleClass().add("mesh-small");
            label.getStyleClass().addAll(styles);
            label.setWrapText(true);
            content.getChildren().add(label);
        }
        return this;
    }
}
