package io.signalbox.console.topology.panel;

import io.signalbox.console.theme.Token;
import io.signalbox.console.widget.Figure;
import io.signalbox.console.widget.Sparkline;
import java.util.OptionalInt;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/** One figure with its caption and its last five minutes. */
final class Signal extends VBox {

    private final Figure figure = new Figure(Figure.Size.MEDIUM, "", "");
    private final Sparkline line = new Sparkline();

    Signal(String caption) {
        getStyleClass().add("mesh-signal");
        Label label = new Label(caption);
        label.getStyleClass().add("mesh-caption");
        line.setMaxWidth(Double.MAX_VALUE);
        getChildren().addAll(label, figure, line);
    }

    void show(String value, String unit, Tone tone) {
        figure.set(value, unit);
        figure.setTone(tone.style);
        line.setColor(tone.line);
    }

    void course(double[] oldestFirst, OptionalInt event) {
        line.setValues(oldestFirst);
        line.setEvent(event);
    }

    /** How a value is to be taken. */
    enum Tone {
        USUAL("", Token.V1),
        WARNING("mesh-warn-text", Token.LAMP_WARN),
        DANGER("mesh-danger-text", Token.LAMP_DANGER);

        private final String style;
        private final Token line;

        Tone(String style, Token line) {
            this.style = style;
            this.line = line;
        }

        static Tone ofSuccess(double share) {
            if (share >= 0.99) {
                return USUAL;
            }
            return share >= 0.9 ? WARNING : DANGER;
        }
    }
}
