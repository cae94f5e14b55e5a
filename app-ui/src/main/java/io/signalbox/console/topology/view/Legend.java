package io.signalbox.console.topology.view;

import io.signalbox.console.text.Texts;
import io.signalbox.console.theme.Face;
import io.signalbox.console.theme.Token;
import io.signalbox.console.widget.LampPainter;
import io.signalbox.console.widget.LampState;
import io.signalbox.console.widget.Padlock;
import io.signalbox.console.widget.TextWidths;
import io.signalbox.console.widget.ThemedCanvas;
import java.util.Locale;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.shape.StrokeLineCap;
import javafx.scene.text.Font;

/** What the signs of the graph mean, in one line; entries that find no room are left out from the right. */
final class Legend extends ThemedCanvas {

    private enum Entry {
        DOTS,
        FAILED,
        CLOSED,
        HALF_OPEN,
        OPEN,
        FORCED,
        MTLS,
        PLAIN,
        INSTANCE,
        SLOW;

        private String key() {
            return "topology.legend." + name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final Texts texts;

    Legend(Texts texts) {
        this.texts = texts;
        getStyleClass().add("mesh-legend");
        setMouseTransparent(true);
    }

    @Override
    protected void paint(GraphicsContext g, double width, double height) {
        Font font = Face.SANS.font(px(11.5));
        double x = px(16);
        double middle = Math.round(height / 2);
        for (Entry entry : Entry.values()) {
            String words = texts.get(entry.key());
            double sign = signWidth(entry);
            double needed = sign + px(7) + TextWidths.of(words, font);
            if (x + needed > width - px(8)) {
                return;
            }
            sign(g, entry, x, middle, sign);
            g.setFont(font);
            g.setTextBaseline(VPos.BASELINE);
            g.setFill(palette().get(Token.FG_MUTED));
            g.fillText(words, snapPositionX(x + sign + px(7)), snapPositionY(middle + font.getSize() * 0.36));
            x += needed + px(17);
        }
    }

    private double signWidth(Entry entry) {
        return switch (entry) {
            case DOTS, FAILED -> px(25);
            case INSTANCE, SLOW -> px(7);
            case CLOSED, HALF_OPEN, OPEN, FORCED, MTLS, PLAIN -> px(11);
        };
    }

    private void sign(GraphicsContext g, Entry entry, double x, double middle, double size) {
        double center = x + size / 2;
        switch (entry) {
            case DOTS -> dots(g, x, middle, size);
            case FAILED -> failed(g, x, middle, size);
            case CLOSED -> LampPainter.paint(g, palette(), LampState.CLOSED, center, middle, px(11));
            case HALF_OPEN -> LampPainter.paint(g, palette(), LampState.HALF_OPEN, center, middle, px(11));
            case OPEN -> LampPainter.paint(g, palette(), LampState.OPEN, center, middle, px(11));
            case FORCED -> LampPainter.paint(g, palette(), LampState.FORCED, center, middle, px(11));
            case MTLS -> Padlock.paint(g, palette(), Padlock.Protection.MUTUAL_TLS, center, middle, px(11));
            case PLAIN -> Padlock.paint(g, palette(), Padlock.Protection.PLAIN, center, middle, px(11));
            case INSTANCE -> {
                g.setFill(palette().get(Token.LAMP_OK));
                g.fillRoundRect(snapPositionX(x), snapPositionY(middle - size / 2), size, size, 2, 2);
            }
            case SLOW -> {
                g.setStroke(palette().get(Token.LAMP_WARN));
                g.setLineWidth(1.5);
                g.strokeRoundRect(
                        Math.round(x) + 0.75, Math.round(middle - size / 2) + 0.75, size - 1.5, size - 1.5, 2, 2);
            }
        }
    }

    private void line(GraphicsContext g, double x, double middle, double size) {
        g.setStroke(palette().get(Token.TRACK));
        g.setLineWidth(px(2));
        g.strokeLine(x, middle, x + size, middle);
    }

    private void dots(GraphicsContext g, double x, double middle, double size) {
        line(g, x, middle, size);
        g.setFill(palette().get(Token.TRACK_DOT));
        for (double part : new double[] {0.16, 0.48, 0.64, 0.88}) {
            g.fillOval(x + size * part - px(2), middle - px(2), px(4), px(4));
        }
    }

    private void failed(GraphicsContext g, double x, double middle, double size) {
        line(g, x, middle, size);
        double r = px(2.8);
        double center = x + size / 2;
        g.setStroke(palette().get(Token.LAMP_DANGER));
        g.setLineWidth(px(1.6));
        g.setLineCap(StrokeLineCap.ROUND);
        g.strokeLine(center - r, middle - r, center + r, middle + r);
        g.strokeLine(center - r, middle + r, center + r, middle - r);
        g.setLineCap(StrokeLineCap.BUTT);
    }
}
