package io.signalbox.console.widget;

import io.signalbox.console.theme.Palette;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.shape.ArcType;
import javafx.scene.shape.FillRule;
import javafx.scene.shape.StrokeLineCap;

/** Draws lamps on a canvas; the {@link Lamp} node shows the same drawing. */
public final class LampPainter {

    private LampPainter() {}

    /**
     * Draws one lamp.
     *
     * @param centerX the lamp's middle
     * @param centerY the lamp's middle
     * @param size width and height in pixels: 11 in text, 14 on a tile, 18 to 20 on a sheet
     */
    public static void paint(
            GraphicsContext g, Palette palette, LampState state, double centerX, double centerY, double size) {
        paint(g, state, palette.get(state.fill()), centerX, centerY, size);
    }

    /** Draws one lamp in a colour of the caller's, as fading and greyed lamps need. */
    public static void paint(
            GraphicsContext g, LampState state, Color color, double centerX, double centerY, double size) {
        g.save();
        g.setFill(color);
        g.setStroke(color);
        g.setLineDashes();
        switch (state) {
            case CLOSED -> disc(g, centerX, centerY, size);
            case HALF_OPEN -> halfDisc(g, centerX, centerY, size);
            case OPEN -> cutSquare(g, centerX, centerY, size);
            case FORCED -> outlinedSquare(g, centerX, centerY, size);
            case DISABLED -> dashedRing(g, centerX, centerY, size);
            case INFO -> diamond(g, centerX, centerY, size);
        }
        g.restore();
    }

    /** An outline in a second colour, as high contrast asks for. */
    static void outline(GraphicsContext g, LampState state, Color color, double x, double y, double size, double line) {
        g.save();
        g.setStroke(color);
        g.setLineWidth(line);
        double edge = size - line;
        switch (state) {
            case CLOSED, HALF_OPEN -> g.strokeOval(x - edge / 2, y - edge / 2, edge, edge);
            case OPEN -> g.strokeRoundRect(x - edge / 2, y - edge / 2, edge, edge, size / 4, size / 4);
            case INFO -> strokeDiamond(g, x, y, edge);
            case FORCED, DISABLED -> {
                // Already outlines.
            }
        }
        g.restore();
    }

    private static void disc(GraphicsContext g, double x, double y, double size) {
        double d = size * 0.9;
        g.fillOval(x - d / 2, y - d / 2, d, d);
    }

    private static void halfDisc(GraphicsContext g, double x, double y, double size) {
        double line = line(size);
        double d = size * 0.96 - line;
        g.setLineWidth(line);
        g.strokeOval(x - d / 2, y - d / 2, d, d);
        g.fillArc(x - d / 2, y - d / 2, d, d, 90, 180, ArcType.ROUND);
    }

    /** The bar is left out of the square, so that it lets any ground through. */
    private static void cutSquare(GraphicsContext g, double x, double y, double size) {
        double s = size * 0.92;
        double barHeight = Math.max(1.6, s * 0.2);
        double barWidth = s * 0.6;
        g.beginPath();
        roundedSquare(g, x, y, s, s * 0.18);
        g.moveTo(x - barWidth / 2, y - barHeight / 2);
        g.lineTo(x - barWidth / 2, y + barHeight / 2);
        g.lineTo(x + barWidth / 2, y + barHeight / 2);
        g.lineTo(x + barWidth / 2, y - barHeight / 2);
        g.closePath();
        g.setFillRule(FillRule.EVEN_ODD);
        g.fill();
    }

    private static void outlinedSquare(GraphicsContext g, double x, double y, double size) {
        double line = line(size);
        double s = size * 0.94 - line;
        double barHeight = Math.max(1.6, s * 0.22);
        double barWidth = s * 0.5;
        g.setLineWidth(line);
        g.strokeRoundRect(x - s / 2, y - s / 2, s, s, s * 0.36, s * 0.36);
        g.fillRect(x - barWidth / 2, y - barHeight / 2, barWidth, barHeight);
    }

    private static void dashedRing(GraphicsContext g, double x, double y, double size) {
        double line = line(size);
        double d = size * 0.94 - line;
        double dash = Math.PI * d / 12;
        g.setLineWidth(line);
        g.setLineCap(StrokeLineCap.BUTT);
        g.setLineDashes(dash * 1.15, dash * 0.85);
        g.strokeOval(x - d / 2, y - d / 2, d, d);
    }

    private static void diamond(GraphicsContext g, double x, double y, double size) {
        double r = size * 0.48;
        g.fillPolygon(new double[] {x, x + r, x, x - r}, new double[] {y - r, y, y + r, y}, 4);
    }

    private static void strokeDiamond(GraphicsContext g, double x, double y, double size) {
        double r = size * 0.48;
        g.strokePolygon(new double[] {x, x + r, x, x - r}, new double[] {y - r, y, y + r, y}, 4);
    }

    private static void roundedSquare(GraphicsContext g, double x, double y, double s, double r) {
        double left = x - s / 2;
        double top = y - s / 2;
        double right = left + s;
        double bottom = top + s;
        g.moveTo(left + r, top);
        g.lineTo(right - r, top);
        g.quadraticCurveTo(right, top, right, top + r);
        g.lineTo(right, bottom - r);
        g.quadraticCurveTo(right, bottom, right - r, bottom);
        g.lineTo(left + r, bottom);
        g.quadraticCurveTo(left, bottom, left, bottom - r);
        g.lineTo(left, top + r);
        g.quadraticCurveTo(left, top, left + r, top);
        g.closePath();
    }

    private static double line(double size) {
        return Math.max(1.2, size * 0.115);
    }
}
