package io.signalbox.console.shell;

import io.signalbox.console.theme.Token;
import io.signalbox.console.widget.ThemedCanvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.shape.StrokeLineCap;

/** The application's mark at the head of the rail: the points and the lever. */
final class AppMark extends ThemedCanvas {

    AppMark() {
        getStyleClass().add("mesh-app-mark");
    }

    @Override
    protected void paint(GraphicsContext g, double width, double height) {
        double size = px(22);
        double left = (width - size) / 2;
        double top = (height - size) / 2;
        g.setLineWidth(px(1.6));
        g.setLineCap(StrokeLineCap.ROUND);
        g.setStroke(palette().get(Token.TRACK_LIT));
        double rail = top + size * 0.88;
        g.strokeLine(left, rail, left + size, rail);
        g.beginPath();
        g.moveTo(left, rail);
        g.bezierCurveTo(
                left + size * 0.35, rail, left + size * 0.5, rail - size * 0.18, left + size, rail - size * 0.3);
        g.stroke();
        g.setStroke(palette().get(Token.ACCENT));
        g.setLineWidth(px(2));
        g.strokeLine(left + size * 0.5, rail - size * 0.16, left + size * 0.5 + size * 0.1, top + size * 0.2);
        double knob = px(2.6);
        g.setFill(palette().get(Token.ACCENT));
        g.fillOval(left + size * 0.61 - knob, top + size * 0.12 - knob, knob * 2, knob * 2);
    }
}
