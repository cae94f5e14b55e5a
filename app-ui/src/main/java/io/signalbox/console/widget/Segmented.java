package io.signalbox.console.widget;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;

/**
 * A row of choices of which exactly one is in force, 28 px high. Left and right choose while it has the focus.
 *
 * @param <T> the values to choose from
 */
public final class Segmented<T> extends HBox {

    private final ToggleGroup group = new ToggleGroup();
    private final Map<T, ToggleButton> segments = new LinkedHashMap<>();
    private final Map<T, Label> counts = new LinkedHashMap<>();
    /** Of the choices that a graphic tells as well. */
    private final Map<ToggleButton, Label> words = new LinkedHashMap<>();

    private final ObjectProperty<T> value;

    /**
     * A row of choices.
     *
     * @param choices at least one; the first is in force to begin with
     */
    public Segmented(List<Choice<T>> choices) {
        if (choices.isEmpty()) {
            throw new IllegalArgumentException("choices: none (expected: at least one)");
        }
        getStyleClass().add("mesh-segmented");
        setMaxWidth(USE_PREF_SIZE);
        value = new SimpleObjectProperty<>(this, "value", choices.getFirst().value());
        choices.forEach(this::add);
        group.selectedToggleProperty().subscribe((before, now) -> {
            if (now == null && before != null) {
                before.setSelected(true);
            }
        });
        value.subscribe(now -> {
            ToggleButton segment = segments.get(now);
            if (segment != null) {
                segment.setSelected(true);
            }
        });
    }

    public ObjectProperty<T> valueProperty() {
        return value;
    }

    /** Shows a count beside a choice, in mono; empty removes it. */
    public void setCount(T choice, String count) {
        Label label = counts.get(choice);
        if (label != null) {
            label.setText(count);
            show(label, !count.isEmpty());
        }
    }

    /** Shows choices that have a graphic without their words, which become tooltips, where room is scarce. */
    public void foldWords() {
        words.forEach((segment, word) -> {
            show(word, false);
            segment.setTooltip(new Tooltip(word.getText()));
        });
    }

    /** Shows the words again. */
    public void unfoldWords() {
        words.forEach((segment, word) -> {
            show(word, true);
            segment.setTooltip(null);
        });
    }

    private static void show(Label label, boolean shown) {
        label.setVisible(shown);
        label.setManaged(shown);
    }

    private void add(Choice<T> choice) {
        ToggleButton segment = new ToggleButton();
        segment.getStyleClass().addAll("mesh-segment", "mesh-focusable");
        segment.setMinWidth(USE_PREF_SIZE);
        segment.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        segment.setAccessibleText(choice.label());
        Label count = new Label();
        count.getStyleClass().addAll("mesh-mono", "mesh-subtle", "mesh-small");
        Label word = new Label(choice.label());
        HBox content = new HBox(word, count);
        content.getStyleClass().add("mesh-segment-content");
        content.setAlignment(Pos.CENTER);
        choice.graphic().ifPresent(graphic -> {
            content.getChildren().addFirst(graphic);
            words.put(segment, word);
        });
        segment.setGraphic(content);
        segment.setToggleGroup(group);
        segment.setOnAction(event -> value.set(choice.value()));
        segments.put(choice.value(), segment);
        counts.put(choice.value(), count);
        setCount(choice.value(), "");
        getChildren().add(segment);
    }

    /**
     * One choice.
     *
     * @param graphic a lamp or an icon left of the label
     */
    public record Choice<T>(T value, String label, Optional<Node> graphic) {

        public static <T> Choice<T> of(T value, String label) {
            return new Choice<>(value, label, Optional.empty());
        }

        public static <T> Choice<T> of(T value, String label, Node graphic) {
            return new Choice<>(value, label, Optional.of(graphic));
        }
    }
}
