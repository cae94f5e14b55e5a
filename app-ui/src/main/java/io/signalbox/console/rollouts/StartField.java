package io.signalbox.console.rollouts;

import io.signalbox.console.text.Texts;
import io.signalbox.console.widget.FieldError;
import io.signalbox.mesh.model.DurationText;
import io.signalbox.mesh.model.InvalidValueException;
import java.time.Duration;
import java.util.function.Function;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/**
 * A typed value below its caption, with what is wrong of it below. What is left empty is the policy's word, which stands in
 * it in a fainter colour.
 */
final class StartField<T> extends VBox {

    private final TextField typed = new TextField();
    private final FieldError error = new FieldError(typed);
    private final String id;
    private final String caption;
    private final Function<String, T> parse;
    private boolean fixed;
    private boolean touched;

    /**
     * An empty one.
     *
     * @param parse throws {@link InvalidValueException} for what it cannot read
     */
    StartField(String id, String caption, Function<String, T> parse) {
        this.id = id;
        this.caption = caption;
        this.parse = parse;
        Label above = new Label(caption);
        above.getStyleClass().add("mesh-caption");
        above.setLabelFor(typed);
        above.setWrapText(true);
        typed.setId("rollouts-start-" + id);
        typed.setAccessibleText(caption);
        typed.setMaxWidth(Double.MAX_VALUE);
        error.setWrapText(true);
        error.setMinHeight(USE_PREF_SIZE);
        typed.textProperty().subscribe((before, now) -> touched |= !fixed);
        getChildren().addAll(above, typed, error);
        getStyleClass().add("mesh-field");
        setMinWidth(0);
    }

    static StartField<Integer> percent(String id, String caption, String name, int least) {
        return new StartField<>(id, caption, text -> {
            String figure = text.replace("%", "").strip();
            boolean fits =
                    figure.matches("\\d{1,3}") && Integer.parseInt(figure) <= 100 && Integer.parseInt(figure) >= least;
            InvalidValueException.unless(fits, name, figure, least + "..100");
            return Integer.valueOf(figure);
        });
    }

    /** A share of 0..1, typed in percent, with a point or a comma. */
    static StartField<Double> share(String id, String caption, String name) {
        return new StartField<>(id, caption, text -> {
            String figure = text.replace("%", "").strip().replace(',', '.');
            boolean fits = figure.matches("\\d{1,3}(\\.\\d{1,4})?") && Double.parseDouble(figure) <= 100;
            InvalidValueException.unless(fits, name, text, "0..100, in percent");
            return Double.parseDouble(figure) / 100;
        });
    }

    static StartField<Duration> time(String id, String caption, String name) {
        return new StartField<>(id, caption, text -> {
            Duration time = DurationText.parse(name, text.replace(" ", ""));
            InvalidValueException.unless(time.isPositive(), name, text, "more than zero");
            return time;
        });
    }

    TextField typed() {
        return typed;
    }

    String caption() {
        return caption;
    }

    boolean isEmpty() {
        return typed.getText().isBlank();
    }

    /** Whether anything was ever typed here. */
    boolean isTouched() {
        return touched;
    }

    /** What stands in its place when nothing is typed. */
    void otherwise(String words) {
        typed.setPromptText(words);
        typed.setDisable(fixed);
    }

    /** Takes nothing typed, since something else says it. */
    void fix(String words) {
        fixed = true;
        typed.clear();
        otherwise(words);
    }

    void release() {
        fixed = false;
    }

    /** {@code null} where nothing is typed. */
    @Nullable
    T read() {
        String text = typed.getText().strip();
        return text.isEmpty() ? null : parse.apply(text);
    }

    /** Says below it what is wrong with what is typed, and answers that; empty when all is well. */
    String check(Texts texts) {
        String wrong = "";
        try {
            var _ = read();
        } catch (InvalidValueException unfit) {
            wrong = wrong(unfit, texts);
        }
        error.say(wrong);
        return wrong;
    }

    /** What of it does not fit, by its caption, and what would. */
    String wrong(InvalidValueException unfit, Texts texts) {
        String value = isEmpty() ? unfit.value() : typed.getText().strip();
        return texts.get("rollouts.start.wrong", caption, value, texts.get("rollouts.start.expected." + id));
    }

    /** What does not fit beside the others. */
    void refuse(String why) {
        error.say(why);
    }
}
