package io.signalbox.console.widget;

import io.signalbox.console.theme.Palette;
import io.signalbox.console.theme.Token;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.shape.ArcType;
import javafx.scene.shape.StrokeLineCap;

/** Whether a connection is encrypted and both ends known: a closed filled padlock for mutual TLS, an open one for plain. */
public final class Padlock extends ThemedCanvas {

    /** What protects a connection. */
    public enum Protection {
        MUTUAL_TLS,
        PLAIN
    }

    private Protection protection;

    public Padlock(Protection protection) {
        this.protection = protection;
        getStyleClass().add("mesh-padlock");
    }

    public void setProtection(Protection now) {
        protection = now;
        repaint();
    }

    @Override
    protected void paint(GraphicsContext g, double width, double height) {
        paint(g, palette(), protection, width / 2, height / 2, Math.min(width, height));
    }

    /** Draws a padlock around a middle point, {@code size} pixels high. */
    public static void paint(
            GraphicsContext g, Palette palette, Protection protection, double centerX, double centerY, double size) {
        boolean closed = protection == Protection.MUTUAL_TLS;
        Color color = palette.get(closed ? Token.FG_MUTED : Token.WARN);
        double bodyWidth = size * 0.68;
        double bodyHeight = size * 0.5;
        double line = Math.max(1, size * 0.11);
        double top = centerY - size * 0.04;
        double shackle = bodyWidth * 0.56;
        double left = centerX - shackle / 2 + (closed ? 0 : shackle * 0.1);
        g.save();
        g.setFill(color);
        g.setStroke(color);
        g.setLineWidth(line);
        g.setLineDashes();
        g.setLineCap(StrokeLineCap.BUTT);
        g.strokeArc(
                left, centerY - size * 0.42, shackle, size * 0.5, closed ? 0 : 20, closed ? 180 : 160, ArcType.OPEN);
        g.strokeLine(left, centerY - size * 0.18, left, top + line);
        if (closed) {
            g.strokeLine(left + shackle, centerY - size * 0.18, left + shackle, top + line);
            g.fillRoundRect(centerX - bodyWidth / 2, top, bodyWidth, bodyHeight, size * 0.18, size * 0.18);
        } else {
            g.strokeRoundRect(
                    centerX - bodyWidth / 2 + line / 2,
                    top + line / 2,
                    bodyWidth - line,
                    bodyHeight - line,
                    size * 0.16,
                    size * 0.16);
        }
        g.restore();
    }
}
