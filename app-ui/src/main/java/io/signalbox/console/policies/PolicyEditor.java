package io.signalbox.console.policies;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javafx.beans.property.StringProperty;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

/** Text with the numbers of its lines beside it. */
final class PolicyEditor extends HBox {

    /** The text has a scroll bar below that the numbers have not; these lines let both come to the same end. */
    private static final int BEYOND = 3;

    /** YAML refuses tabs, so the key puts blanks there. */
    private static final KeyCombination INDENT = new KeyCodeCombination(KeyCode.TAB);

    private static final String STEP = "  ";

    private final TextArea text = new TextArea();
    private final TextArea numbers = new TextArea();
    private int lines;
    private int wrong;

    PolicyEditor(String accessible) {
        getStyleClass().add("policy-editor");
        text.getStyleClass().addAll("policy-text", "mesh-mono");
        text.setAccessibleText(accessible);
        numbers.getStyleClass().addAll("policy-numbers", "mesh-mono");
        numbers.setEditable(false);
        numbers.setFocusTraversable(false);
        numbers.setMouseTransparent(true);
        numbers.scrollTopProperty().bindBidirectional(text.scrollTopProperty());
        HBox.setHgrow(text, Priority.ALWAYS);
        getChildren().addAll(numbers, text);
        text.textProperty().subscribe(now -> number());
        text.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (INDENT.match(event)) {
                text.replaceSelection(STEP);
                event.consume();
            }
        });
    }

    StringProperty textProperty() {
        return text.textProperty();
    }

    /** Puts the text there unless it is there already: that would move the caret. */
    void setText(String now) {
        if (!now.equals(text.getText())) {
            text.setText(now);
        }
    }

    /** Marks a line, counted from 1, as the one where something is wrong; 0 marks none. */
    void markWrong(int line) {
        if (line != wrong) {
            wrong = line;
            lines = -1;
            number();
        }
    }

    /** Selects a line from a column on, both counted from 1. */
    void goTo(int line, int column) {
        String all = text.getText();
        int start = 0;
        for (int i = 1; i < line; i++) {
            int end = all.indexOf('\n', start);
            if (end < 0) {
                break;
            }
            start = end + 1;
        }
        int end = all.indexOf('\n', start);
        int last = end < 0 ? all.length() : end;
        text.requestFocus();
        text.selectRange(last, Math.min(last, start + column - 1));
    }

    void edit() {
        text.requestFocus();
    }

    private void number() {
        int count = 1 + (int) text.getText().chars().filter(c -> c == '\n').count();
        if (count == lines) {
            return;
        }
        lines = count;
        double top = text.getScrollTop();
        numbers.setText(IntStream.rangeClosed(1, count)
                        .mapToObj(line -> (line == wrong ? "! " : "") + line)
                        .collect(Collectors.joining("\n"))
                + "\n".repeat(BEYOND));
        text.setScrollTop(top);
    }
}
