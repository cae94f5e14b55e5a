package io.signalbox.console.topology.paint;

import io.signalbox.console.format.Formats;
import io.signalbox.console.text.Texts;
import io.signalbox.console.theme.Face;
import io.signalbox.console.theme.Palette;
import io.signalbox.console.theme.Token;
import io.signalbox.console.widget.TextWidths;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.shape.StrokeLineCap;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;

/** A canvas with the colours, words and number formats in force, and the strokes that painters share. */
final class Ink {

    /** The smallest text on screen, in pixels. */
    private static final double SMALLEST_TEXT = 10;

    /** The height of a capital letter, as a part of the text size. */
    private static final double CAPITAL = 0.727;

    final GraphicsContext g;
    final Palette palette;
    final Viewport viewport;
    final Texts texts;
    final Formats formats;

    Ink(GraphicsContext g, Palette palette, Viewport viewport, Texts texts, Formats formats) {
        this.g = g;
        this.palette = palette;
        this.viewport = viewport;
        this.texts = texts;
        this.formats = formats;
    }

    /** Screen pixels of a length given at 100 %. */
    double px(double length) {
        return length * viewport.scale();
    }

    /** A font that follows the zoom, in steps of half a pixel and never too small to read. */
    Font font(Face face, double size) {
        double wanted = Math.max(SMALLEST_TEXT * viewport.em(), Math.round(px(size) * 2) / 2.0);
        return face.font(wanted);
    }

    double width(String text, Font font) {
        return TextWidths.of(text, font);
    }

    void fill(Token token) {
        g.setFill(palette.get(token));
    }

    void stroke(Token token, double width) {
        stroke(palette.get(token), width);
    }

    void stroke(Color color, double width) {
        g.setStroke(color);
        g.setLineWidth(width);
        g.setLineDashes();
        g.setLineCap(StrokeLineCap.BUTT);
    }

    /** Writes a text whose capitals stand around a height. */
    void text(String text, Font font, Token token, double x, double middleY, TextAlignment align) {
        g.setFont(font);
        fill(token);
        g.setTextAlign(align);
        g.setTextBaseline(VPos.BASELINE);
        g.fillText(text, snapped(x), snapped(middleY + font.getSize() * CAPITAL / 2));
    }

    void left(String text, Font font, Token token, double x, double middleY) {
        text(text, font, token, x, middleY, TextAlignment.LEFT);
    }

    void right(String text, Font font, Token token, double x, double middleY) {
        text(text, font, token, x - width(text, font), middleY, TextAlignment.LEFT);
    }

    void center(String text, Font font, Token token, double x, double middleY) {
        text(text, font, token, x - width(text, font) / 2, middleY, TextAlignment.LEFT);
    }

    /** A filled rounded rectangle with a one-pixel border, on whole pixels. */
    void plate(double x, double y, double width, double height, double radius, Token ground, Token border) {
        double left = snapped(x);
        double top = snapped(y);
        double w = snapped(x + width) - left;
        double h = snapped(y + height) - top;
        fill(border);
        g.fillRoundRect(left, top, w, h, radius * 2, radius * 2);
        fill(ground);
        g.fillRoundRect(left + 1, top + 1, w - 2, h - 2, radius * 2 - 2, radius * 2 - 2);
    }

    /** A level line one pixel thick. */
    void hairline(double x0, double x1, double y, Token token) {
        fill(token);
        g.fillRect(snapped(x0), snapped(y), snapped(x1) - snapped(x0), 1);
    }

    /** A small cross: a failure. */
    void cross(double x, double y, double size) {
        double r = size / 2;
        g.strokeLine(x - r, y - r, x + r, y + r);
        g.strokeLine(x - r, y + r, x + r, y - r);
    }

    static double snapped(double value) {
        return Math.round(value);
    }
}
