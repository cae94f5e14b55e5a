package io.signalbox.console.rollouts;

import java.util.List;
import javafx.geometry.HPos;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** A small table of figures in a card: the first column takes what is left, the others stand right. */
final class Figures extends GridPane {

    private int row;

    /** @param headings the first of them over the names */
    Figures(List<String> headings) {
        getStyleClass().add("rollouts-figures");
        for (int i = 0; i < headings.size(); i++) {
            ColumnConstraints column = new ColumnConstraints();
            column.setHgrow(i == 0 ? Priority.ALWAYS : Priority.SOMETIMES);
            column.setHalignment(i == 0 ? HPos.LEFT : HPos.RIGHT);
            getColumnConstraints().add(column);
        }
        add(headings.stream().map(Figures::heading).toArray(Node[]::new));
    }

    /** Takes all rows away but the headings. */
    void clear() {
        getChildren().removeIf(node -> GridPane.getRowIndex(node) > 0);
        row = 1;
    }

    void add(Node... cells) {
        addRow(row++, cells);
    }

    static Label figure(String text) {
        Label label = new Label(text);
        label.getStyleClass().addAll("mesh-mono", "mesh-small");
        label.setMinWidth(Region.USE_PREF_SIZE);
        label.setAlignment(Pos.CENTER_RIGHT);
        return label;
    }

    /** @param below a line under the name; none where it is empty */
    static Node name(String text, String below) {
        Label label = new Label(text);
        label.setMinWidth(Region.USE_PREF_SIZE);
        if (below.isEmpty()) {
            return label;
        }
        Label small = new Label(below);
        small.getStyleClass().addAll("mesh-caption", "mesh-muted");
        return new VBox(label, small);
    }

    private static Label heading(String text) {
        Label label = new Label(text);
        label.getStyleClass().addAll("mesh-caption", "mesh-muted");
        label.setMinWidth(Region.USE_PREF_SIZE);
        return label;
    }
}
