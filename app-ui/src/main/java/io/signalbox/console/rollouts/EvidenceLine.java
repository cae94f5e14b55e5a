package io.signalbox.console.rollouts;

import io.signalbox.console.theme.Face;
import io.signalbox.console.theme.Token;
import io.signalbox.console.widget.TextWidths;
import io.signalbox.console.widget.ThemedCanvas;
import java.time.Instant;
import java.util.function.Function;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.shape.StrokeLineJoin;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;

/** The way of the evidence over time, between "advance" above, a solid line, and "roll back" below, a dashed one. */
final class EvidenceLine extends ThemedCanvas {

    private String advance = "";
    private String back = "";
    private final Function<Instant, String> clock;
    private EvidenceTrace trace = new EvidenceTrace();
    private double line;

    EvidenceLine(Function<Instant, String> clock) {
        this.clock = clock;
        getStyleClass().add("rollouts-evidence-line");
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
    }

    /** What is reached above, and what below. */
    void borders(String above, String below) {
        advance = above;
        back = below;
    }

    /** @param now from -1 over 0 to 1 */
    void show(EvidenceTrace before, double now, String words) {
        trace = before;
        line = Double.isNaN(now) ? 0 : Math.clamp(now, -1, 1);
        setAccessibleText(words);
        repaint();
    }

    @Override
    protected void paint(GraphicsContext g, double width, double height) {
        Font mono = Face.MONO.font(px(11));
        double left = px(28);
        double right = width - px(12);
        double band = px(16);
        double bottom = height - px(18);
        double above = band;
        double below = bottom - band;
        g.setFill(palette().get(Token.OK_SUBTLE));
        g.fillRect(left, 0, right - left, above);
        g.setFill(palette().get(Token.DANGER_SUBTLE));
        g.fillRect(left, below, right - left, band);
        border(g, left, right, above, Token.OK, false);
        border(g, left, right, below, Token.DANGER, true);
        double middle = (above + below) / 2;
        g.setStroke(palette().get(Token.BORDER_MUTED));
        g.setLineWidth(1);
        g.strokeLine(left, Math.round(middle) + 0.5, right, Math.round(middle) + 0.5);
        words(g, right, band, bottom);
        g.setFont(mono);
        g.setFill(palette().get(Token.FG_SUBTLE));
        g.setTextAlign(TextAlignment.RIGHT);
        g.setTextBaseline(VPos.CENTER);
        g.fillText("+1", left - px(6), above);
        g.fillText("0", left - px(6), middle);
        g.fillText("−1", left - px(6), below);
        way(g, left, right, above, below, bottom);
    }

    private void border(GraphicsContext g, double left, double right, double y, Token color, boolean dashed) {
        g.setStroke(palette().get(color));
        g.setLineWidth(px(1.5));
        if (dashed) {
            g.setLineDashes(px(5), px(4));
        }
        g.strokeLine(left, y, right, y);
        g.setLineDashes();
    }

    private void words(GraphicsContext g, double right, double band, double bottom) {
        g.setFont(Face.SANS_SEMIBOLD.font(px(11)));
        g.setTextBaseline(VPos.CENTER);
        g.setTextAlign(TextAlignment.RIGHT);
        g.setFill(palette().get(Token.OK));
        g.fillText(advance, right - px(6), band / 2);
        g.setFill(palette().get(Token.DANGER));
        g.fillText(back, right - px(6), bottom - band / 2);
    }

    private void way(GraphicsContext g, double left, double right, double above, double below, double bottom) {
        double[] lines = trace.lines();
        double end = right - px(8);
        Color color = palette().get(line <= -1 ? Token.DANGER : line >= 1 ? Token.OK : Token.ACCENT);
        if (lines.length > 1) {
            g.setStroke(palette().get(Token.ACCENT));
            g.setLineWidth(px(1.5));
            g.setLineJoin(StrokeLineJoin.ROUND);
            g.beginPath();
            for (int i = 0; i < lines.length; i++) {
                double x = left + (end - left) * i / (lines.length - 1);
                double y = y(lines[i], above, below);
                if (i == 0) {
                    g.moveTo(x, y);
                } else {
                    g.lineTo(x, y);
                }
            }
            g.lineTo(end, y(line, above, below));
            g.stroke();
            times(g, left, right, bottom);
        }
        double mark = px(4.5);
        double x = lines.length > 1 ? end : (left + right) / 2;
        g.setFill(color);
        g.fillOval(x - mark, y(line, above, below) - mark, 2 * mark, 2 * mark);
    }

    private void times(GraphicsContext g, double left, double right, double bottom) {
        Font mono = Face.MONO.font(px(11));
        String from = clock.apply(trace.from());
        String to = clock.apply(trace.to());
        g.setFont(mono);
        g.setFill(palette().get(Token.FG_SUBTLE));
        g.setTextBaseline(VPos.CENTER);
        double y = bottom + px(10);
        g.setTextAlign(TextAlignment.LEFT);
        g.fillText(from, left, y);
        if (TextWidths.of(from, mono) + TextWidths.of(to, mono) + px(12) < right - left) {
            g.setTextAlign(TextAlignment.RIGHT);
            g.fillText(to, right, y);
        }
    }

    private static double y(double line, double above, double below) {
        return below - (line + 1) / 2 * (below - above);
    }
}
