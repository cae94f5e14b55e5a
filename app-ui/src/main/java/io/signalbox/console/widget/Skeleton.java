package io.signalbox.console.widget;

import io.signalbox.console.theme.Token;
import javafx.scene.canvas.GraphicsContext;

/** The grey shape of rows that are still on their way. */
final class Skeleton extends ThemedCanvas {

    private static final double[][] WIDTHS = {
        {68, 145, 58}, {62, 116, 78}, {68, 165, 48}, {56, 135, 68}, {68, 107, 58}, {64, 155, 62}, {60, 126, 58}
    };

    Skeleton() {
        getStyleClass().add("mesh-skeleton");
    }

    @Override
    protected void paint(GraphicsContext g, double width, double height) {
        double row = px(32);
        int rows = Math.min(8, (int) (height / row));
        for (int i = 0; i < rows; i++) {
            double[] widths = WIDTHS[i % WIDTHS.length];
            double y = i * row + px(11);
            g.setFill(palette().get(Token.BG_ACTIVE, 1 - 0.09 * i));
            bar(g, 0, y, px(10));
            bar(g, px(34), y, px(widths[0]));
            bar(g, px(128), y, Math.min(px(widths[1]), width * 0.3));
            bar(g, width - px(widths[2]), y, px(widths[2]));
            g.setFill(palette().get(Token.BORDER_MUTED));
            g.fillRect(0, (i + 1) * row - 1, width, 1);
        }
    }

    private void bar(GraphicsContext g, double x, double y, double width) {
        g.fillRoundRect(x, y, width, px(10), px(5), px(5));
    }
}
