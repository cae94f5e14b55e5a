package io.signalbox.console.widget;

import io.signalbox.console.format.Formats;
import io.signalbox.console.theme.Face;
import io.signalbox.console.theme.Palette;
import io.signalbox.console.theme.Token;
import java.util.List;
import java.util.OptionalInt;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.shape.StrokeLineCap;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;

/**
 * Draws the parts of a {@link CanarySlider}.
 *
 * @param width the slider's width in pixels
 * @param unit how many pixels one pixel of the usual text size is
 */
record CanarySliderPainter(Palette palette, double width, double unit) {

    private static final double MARGIN = 14;
    private static final double TRACK_Y = 43;
    private static final double TRACK_HEIGHT = 6;
    private static final double THUMB = 9;
    private static final double GOT_Y = 25;
    private static final double LABEL_Y = 9;

    double x(double percent) {
        double margin = MARGIN * unit;
        return margin + percent / 100 * Math.max(1, width - 2 * margin);
    }

    int percentAt(double x) {
        double margin = MARGIN * unit;
        return (int) Math.clamp(Math.round((x - margin) / Math.max(1, width - 2 * margin) * 100), 0L, 100L);
    }

    double trackY() {
        return TRACK_Y * unit;
    }

    void track(GraphicsContext g, int inForce, Token filled) {
        double height = TRACK_HEIGHT * unit;
        double top = trackY() - height / 2;
        g.setFill(palette.get(Token.BG_ACTIVE));
        g.fillRoundRect(x(0), top, x(100) - x(0), height, height, height);
        g.setFill(palette.get(filled));
        g.fillRoundRect(x(0), top, x(inForce) - x(0), height, height, height);
    }

    void stops(GraphicsContext g, List<Integer> stops, Formats formats) {
        double top = trackY() + 13 * unit;
        g.setStroke(palette.get(Token.BORDER_STRONG));
        g.setLineWidth(1);
        for (int percent = 0; percent <= 100; percent += 10) {
            double x = Math.round(x(percent)) + 0.5;
            g.strokeLine(x, top, x, top + 4 * unit);
        }
        g.setFont(Face.MONO.font(11 * unit));
        g.setFill(palette.get(Token.FG_SUBTLE));
        g.setTextBaseline(VPos.CENTER);
        g.setTextAlign(TextAlignment.CENTER);
        for (int stop : stops) {
            g.fillText(formats.count(stop), x(stop), top + 13 * unit);
        }
    }

    void got(GraphicsContext g, CanarySlider.Got got, String word) {
        double y = GOT_Y * unit;
        double low = x(got.low() * 100);
        double high = x(got.high() * 100);
        double middle = x(got.share() * 100);
        g.setStroke(palette.get(Token.FG));
        g.setLineWidth(1.5 * unit);
        g.strokeLine(low, y, high, y);
        g.strokeLine(low, y - 4 * unit, low, y + 4 * unit);
        g.strokeLine(high, y - 4 * unit, high, y + 4 * unit);
        double r = 3.6 * unit;
        g.setFill(palette.get(Token.FG));
        g.fillPolygon(new double[] {middle, middle + r, middle, middle - r}, new double[] {y - r, y, y + r, y}, 4);
        Font font = Face.SANS.font(11 * unit);
        g.setFont(font);
        g.setFill(palette.get(Token.FG_MUTED));
        g.setTextBaseline(VPos.CENTER);
        boolean roomOnTheLeft = low - 6 * unit - TextWidths.of(word, font) > 0;
        g.setTextAlign(roomOnTheLeft ? TextAlignment.RIGHT : TextAlignment.LEFT);
        g.fillText(word, roomOnTheLeft ? low - 6 * unit : high + 6 * unit, y);
    }

    void halo(GraphicsContext g, int percent) {
        double r = 14 * unit;
        g.setFill(palette.get(Token.ACCENT, 0.18));
        g.fillOval(x(percent) - r, trackY() - r, 2 * r, 2 * r);
    }

    void thumbs(GraphicsContext g, int inForce, OptionalInt asked) {
        if (asked.isPresent()) {
            double from = x(inForce);
            double to = x(asked.getAsInt());
            double away = Math.signum(to - from) * (THUMB + 2) * unit;
            if (Math.abs(to - from) > 2 * (THUMB + 2) * unit) {
                g.setStroke(palette.get(Token.ACCENT));
                g.setLineWidth(2 * unit);
                g.setLineCap(StrokeLineCap.BUTT);
                g.setLineDashes(3 * unit, 3 * unit);
                g.strokeLine(from + away, trackY(), to - away, trackY());
                g.setLineDashes();
            }
        }
        thumb(g, x(inForce), Token.BG_INSET);
        asked.ifPresent(percent -> {
            thumb(g, x(percent), Token.BG_INSET);
            double r = (THUMB - 4) * unit;
            g.setFill(palette.get(Token.ACCENT_EMPHASIS));
            g.fillOval(x(percent) - r - unit, trackY() - r - unit, 2 * (r + unit), 2 * (r + unit));
        });
    }

    private void thumb(GraphicsContext g, double x, Token fill) {
        double r = (THUMB - 1) * unit;
        g.setFill(palette.get(fill));
        g.fillOval(x - r, trackY() - r, 2 * r, 2 * r);
        g.setStroke(palette.get(Token.ACCENT));
        g.setLineWidth(2 * unit);
        g.strokeOval(x - r, trackY() - r, 2 * r, 2 * r);
    }

    void askedLabel(GraphicsContext g, int asked, String text) {
        Font font = Face.SANS_SEMIBOLD.font(11 * unit);
        double half = TextWidths.of(text, font) / 2;
        g.setFont(font);
        g.setFill(palette.get(Token.ACCENT));
        g.setTextBaseline(VPos.CENTER);
        g.setTextAlign(TextAlignment.CENTER);
        g.fillText(text, Math.clamp(x(asked), half, Math.max(half, width - half)), LABEL_Y * unit);
    }

    void focus(GraphicsContext g, int percent, double lineWidth) {
        double r = (THUMB + 2 + lineWidth / 2) * unit;
        g.setStroke(palette.get(Token.ACCENT));
        g.setLineWidth(lineWidth * unit);
        g.strokeOval(x(percent) - r, trackY() - r, 2 * r, 2 * r);
    }
}
