package io.signalbox.console.widget;

import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.TextInputControl;

/** The line below a field that says what is wrong with it; takes no room while nothing is. */
public final class FieldError extends Label {

    private static final PseudoClass INVALID = PseudoClass.getPseudoClass("invalid");

    private final TextInputControl field;

    public FieldError(TextInputControl field) {
        this.field = field;
        getStyleClass().add("mesh-field-error");
        setGraphic(new Lamp(LampState.OPEN));
        say("");
    }

    /** Names field, value and expectation, {@code weight: 120 (expected: 0..100)}; empty when all is well. */
    public void say(String problem) {
        setText(problem);
        setVisible(!problem.isEmpty());
        setManaged(!problem.isEmpty());
        field.pseudoClassStateChanged(INVALID, !problem.isEmpty());
        field.setAccessibleHelp(problem);
    }
}
