package io.signalbox.console.widget;

import io.signalbox.console.theme.Face;
import io.signalbox.console.theme.Token;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.shape.StrokeLineJoin;
import javafx.scene.text.TextAlignment;

/**
 * Several values over the same time, as lines over a common scale with the name of each at its end.
 *
 * <p>Values lie evenly between the two times; {@code NaN} is a gap. The scale is given by {@link #setScale} or runs
 * from zero to a round figure above the largest value seen.
 */
public final class TimeSeriesChart extends ThemedCanvas {

    private static final Scale EMPTY_SCALE = new Scale(0, 1);

    private List<Series> series = List.of();
    private List<Mark> marks = List.of();
    private String fromLabel = "";
    private String toLabel = "";
    private DoubleFunction<String> axisText = value -> Long.toString(Math.round(value));
    private Optional<Scale> fixedScale = Optional.empty();

    public TimeSeriesChart() {
        getStyleClass().add("mesh-chart");
    }

    /** Shows these lines; the labels name the first and the last moment. */
    public void setSeries(List<Series> lines, String firstMoment, String lastMoment) {
        series = List.copyOf(lines);
        fromLabel = firstMoment;
        toLabel = lastMoment;
        repaint();
    }

    /** Marks moments with a dashed vertical line. */
    public void setMarks(List<Mark> moments) {
        marks = List.copyOf(moments);
        repaint();
    }

    /** How a value is written on the axis. */
    public void setAxisText(DoubleFunction<String> format) {
        axisText = format;
        repaint();
    }

    /** Fixes the scale; values outside it are cut off. */
    public void setScale(double low, double high) {
        fixedScale = Optional.of(new Scale(low, high));
        repaint();
    }

    @Override
    protected void paint(GraphicsContext g, double width, double height) {
        Scale scale = fixedScale.orElseGet(this::seenScale);
        double left = axisWidth(scale) + px(10);
        double right = width - nameWidth() - px(8);
        Plot plot = new Plot(left, px(6), Math.max(left + 1, right), height - px(20), scale);
        axes(g, plot);
        for (Mark mark : marks) {
            double x = Math.round(plot.x(mark.at())) + 0.5;
            g.setStroke(palette().get(mark.color()));
            g.setLineWidth(1);
            g.setLineDashes(2, 3);
            g.strokeLine(x, plot.top(), x, plot.bottom());
            g.setLineDashes();
        }
        for (Series line : series) {
            line(g, plot, line);
        }
        names(g, plot);
    }

    private void axes(GraphicsContext g, Plot plot) {
        g.setFont(Face.MONO.font(px(11)));
        g.setTextBaseline(VPos.CENTER);
        for (double share : new double[] {0, 0.5, 1}) {
            double value = plot.scale().low()
                    + share * (plot.scale().high() - plot.scale().low());
            double y = Math.round(plot.y(value)) + 0.5;
            g.setStroke(palette().get(Token.BORDER_MUTED));
            g.setLineWidth(1);
            g.strokeLine(plot.left(), y, plot.right(), y);
            g.setTextAlign(TextAlignment.RIGHT);
            g.setFill(palette().get(Token.FG_SUBTLE));
            g.fillText(axisText.apply(value), plot.left() - px(8), y);
        }
        double labelY = plot.bottom() + px(12);
        g.setTextAlign(TextAlignment.LEFT);
        g.fillText(fromLabel, plot.left(), labelY);
        g.setTextAlign(TextAlignment.RIGHT);
        g.fillText(toLabel, plot.right(), labelY);
    }

    private void line(GraphicsContext g, Plot plot, Series line) {
        g.setStroke(palette().get(line.color()));
        g.setLineWidth(px(1.5));
        g.setLineJoin(StrokeLineJoin.ROUND);
        g.beginPath();
        boolean drawing = false;
        for (int i = 0; i < line.values().length; i++) {
            double value = line.values()[i];
            if (Double.isNaN(value)) {
                drawing = false;
                continue;
            }
            double x = plot.x(line.values().length == 1 ? 1 : (double) i / (line.values().length - 1));
            double y = plot.y(value);
            if (drawing) {
                g.lineTo(x, y);
            } else {
                g.moveTo(x, y);
            }
            drawing = true;
        }
        g.stroke();
    }

    /** Writes each name beside its line's end, pushed down where two would touch. */
    private void names(GraphicsContext g, Plot plot) {
        record Name(Series series, double y) {}
        List<Name> names = new ArrayList<>();
        for (Series line : series) {
            names.add(new Name(line, plot.y(line.last(plot.scale().low()))));
        }
        names.sort(Comparator.comparingDouble(Name::y));
        g.setTextAlign(TextAlignment.LEFT);
        g.setTextBaseline(VPos.CENTER);
        g.setFont(Face.MONO.font(px(11)));
        double lowest = plot.top() - px(14);
        for (Name name : names) {
            double y = Math.max(name.y(), lowest + px(14));
            lowest = y;
            g.setFill(palette().get(name.series().color()));
            g.fillText(name.series().name(), plot.right() + px(8), y);
        }
    }

    private double axisWidth(Scale scale) {
        return Math.max(
                TextWidths.of(axisText.apply(scale.low()), Face.MONO.font(px(11))),
                TextWidths.of(axisText.apply(scale.high()), Face.MONO.font(px(11))));
    }

    private double nameWidth() {
        return series.stream()
                .mapToDouble(line -> TextWidths.of(line.name(), Face.MONO.font(px(11))))
                .max()
                .orElse(0);
    }

    private Scale seenScale() {
        double max = 0;
        for (Series line : series) {
            for (double value : line.values()) {
                max = value > max ? value : max;
            }
        }
        return max == 0 ? EMPTY_SCALE : new Scale(0, rounded(max));
    }

    /** The next of 1, 2, 4, 6, 8 and 10 times a power of ten, so that the middle of the scale is a short figure, too. */
    private static double rounded(double max) {
        double power = Math.pow(10, Math.floor(Math.log10(max)));
        for (int times : new int[] {1, 2, 4, 6, 8}) {
            if (max <= times * power) {
                return times * power;
            }
        }
        return 10 * power;
    }

    /**
     * One line.
     *
     * @param name short, stands at the line's end; may be empty
     * @param values oldest first, evenly spaced; {@code NaN} is a gap
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Series(String name, Token color, double[] values) {

        public Series {
            values = values.clone();
        }

        private double last(double otherwise) {
            for (int i = values.length - 1; i >= 0; i--) {
                if (!Double.isNaN(values[i])) {
                    return values[i];
                }
            }
            return otherwise;
        }
    }

    /**
     * A moment at which something happened.
     *
     * @param at where between the first (0) and the last moment (1)
     */
    public record Mark(double at, Token color) {}

    private record Scale(double low, double high) {

        Scale {
            if (!(high > low)) {
                throw new IllegalArgumentException("high: " + high + " (expected: > " + low + ")");
            }
        }
    }

    private record Plot(double left, double top, double right, double bottom, Scale scale) {

        double x(double share) {
            return left + share * (right - left);
        }

        double y(double value) {
            double share = (value - scale.low()) / (scale.high() - scale.low());
            return bottom - Math.clamp(share, 0, 1) * (bottom - top);
        }
    }
}
