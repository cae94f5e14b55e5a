package io.signalbox.console.widget;

import javafx.beans.property.StringProperty;
import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

/** A field that filters what a screen shows, reached by {@code /} where it is the screen's; Escape empties it. */
public final class FilterField extends HBox {

    private static final PseudoClass INVALID = PseudoClass.getPseudoClass("invalid");

    private final TextField field = new TextField();
    private final Label result = new Label();

    /** How a field is reached. */
    public enum Reach {
        /** By the key for it, which it shows. */
        KEY,
        CLICK
    }

    /**
     * An empty filter.
     *
     * @param prompt what may be typed
     */
    public FilterField(String prompt) {
        this(prompt, Reach.KEY);
    }

    /** The same, reached in one way or the other. */
    public FilterField(String prompt, Reach reach) {
        getStyleClass().add("mesh-filter-field");
        field.setPromptText(prompt);
        field.setAccessibleText(prompt);
        field.setPrefColumnCount(18);
        HBox.setHgrow(field, Priority.ALWAYS);
        result.getStyleClass().addAll("mesh-small", "mesh-subtle");
        KeyCap key = new KeyCap("/");
        key.visibleProperty().bind(field.textProperty().isEmpty());
        key.managedProperty().bind(key.visibleProperty());
        getChildren().addAll(Icons.button("fth-filter"), field, result);
        if (reach == Reach.KEY) {
            getChildren().add(key);
        }
        field.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE && !field.getText().isEmpty()) {
                field.clear();
                event.consume();
            }
        });
        setResult("");
    }

    public StringProperty textProperty() {
        return field.textProperty();
    }

    /** How much is left, "3 of 13"; empty for nothing to say. */
    public void setResult(String words) {
        result.setText(words);
        result.setManaged(!words.isEmpty());
    }

    /** A line to stand below, which says what is wrong with the filter and marks the field meanwhile. */
    public FieldError errorLine() {
        FieldError line = new FieldError(field);
        line.textProperty().subscribe(problem -> pseudoClassStateChanged(INVALID, !problem.isEmpty()));
        return line;
    }

    /** Puts the focus into the field with everything in it selected. */
    public void edit() {
        field.requestFocus();
        field.selectAll();
    }
}
