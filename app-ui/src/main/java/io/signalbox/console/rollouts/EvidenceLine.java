package io.signalbox.console.rollouts;

import io.signalbox.console.theme.Token;
import io.signalbox.console.widget.ThemedCanvas;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.GraphicsContext;

/** A line from "roll back" at its left end to "advance" at its right, with a mark where the evidence stands. */
final class EvidenceLine extends ThemedCanvas {

    private static final double BORDER = 0.12;

    private double line;

    EvidenceLine() {
        getStyleClass().add("rollouts-evidence-line");
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
    }

    /** @param now from -1 over 0 to 1 */
    void show(double now, String words) {
        line = Double.isNaN(now) ? 0 : Math.clamp(now, -1, 1);
        setAccessibleText(words);
        repaint();
    }

    @Override
    protected void paint(GraphicsContext g, double width, double height) {
        double mark = Math.min(px(5), height / 2);
        double left = mark;
        double right = width - mark;
        double middle = height / 2;
        double band = Math.min(px(8), height);
        double border = (right - left) * BORDER;
        g.setFill(palette().get(Token.BG_ACTIVE));
        g.fillRoundRect(left, middle - px(1.5), right - left, px(3), px(3), px(3));
        g.setFill(palette().get(Token.DANGER_SUBTLE));
        g.fillRect(left, middle - band / 2, border, band);
        g.setFill(palette().get(Token.OK_SUBTLE));
        g.fillRect(right - border, middle - band / 2, border, band);
        g.setLineWidth(px(1.5));
        g.setStroke(palette().get(Token.DANGER));
        g.strokeLine(left + border, middle - band / 2, left + border, middle + band / 2);
        g.setStroke(palette().get(Token.OK));
        g.strokeLine(right - border, middle - band / 2, right - border, middle + band / 2);
        g.setStroke(palette().get(Token.BORDER_STRONG));
        g.strokeLine(width / 2, middle - px(3), width / 2, middle + px(3));
        double x = width / 2 + line * ((right - left) / 2 - border);
        g.setFill(palette().get(line <= -1 ? Token.DANGER : line >= 1 ? Token.OK : Token.ACCENT));
        g.fillOval(x - mark, middle - mark, 2 * mark, 2 * mark);
    }
}
