package io.signalbox.console.widget;

import io.signalbox.console.theme.Token;
import java.util.OptionalInt;
import javafx.scene.canvas.GraphicsContext;

/**
 * The recent course of one value without axes: a line over a tint, from zero to 1.1 times the largest value seen.
 *
 * <p>{@code NaN} is a gap. A dashed line may mark the index at which something happened.
 */
public final class Sparkline extends ThemedCanvas {

    private double[] values = {};
    private Token color = Token.V1;
    private OptionalInt event = OptionalInt.empty();

    public Sparkline() {
        getStyleClass().add("mesh-sparkline");
    }

    /** Shows these values, oldest first. */
    public void setValues(double[] oldestFirst) {
        values = oldestFirst.clone();
        repaint();
    }

    public void setColor(Token token) {
        color = token;
        repaint();
    }

    /** Marks the index of the value at which something happened; empty for none. */
    public void setEvent(OptionalInt index) {
        event = index;
        repaint();
    }

    @Override
    protected void paint(GraphicsContext g, double width, double height) {
        double max = 0;
        for (double value : values) {
            max = value > max ? value : max;
        }
        double bottom = height - 1;
        double line = px(1.25);
        if (values.length < 2) {
            g.setStroke(palette().get(Token.TRACK));
            g.setLineWidth(line);
            g.strokeLine(0, bottom, width, bottom);
            return;
        }
        double top = line;
        double scale = max == 0 ? 0 : (bottom - top) / (max * 1.1);
        double step = width / (values.length - 1);
        int from = 0;
        while (from < values.length) {
            int to = from;
            while (to < values.length && !Double.isNaN(values[to])) {
                to++;
            }
            if (to - from > 1) {
                run(g, from, to, step, bottom, scale, line);
            }
            from = to + 1;
        }
        event.ifPresent(index -> mark(g, Math.round(index * step) + 0.5, height));
    }

    private void run(GraphicsContext g, int from, int to, double step, double bottom, double scale, double line) {
        g.beginPath();
        g.moveTo(from * step, bottom);
        for (int i = from; i < to; i++) {
            g.lineTo(i * step, bottom - values[i] * scale);
        }
        g.lineTo((to - 1) * step, bottom);
        g.closePath();
        g.setFill(palette().get(color, 0.1));
        g.fill();
        g.beginPath();
        for (int i = from; i < to; i++) {
            if (i == from) {
                g.moveTo(i * step, bottom - values[i] * scale);
            } else {
                g.lineTo(i * step, bottom - values[i] * scale);
            }
        }
        g.setStroke(palette().get(color));
        g.setLineWidth(line);
        g.stroke();
    }

    private void mark(GraphicsContext g, double x, double height) {
        g.setStroke(palette().get(Token.DANGER));
        g.setLineWidth(1);
        g.setLineDashes(2, 2);
        g.strokeLine(x, 0, x, height);
        g.setLineDashes();
    }
}
