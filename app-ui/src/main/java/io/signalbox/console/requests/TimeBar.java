package io.signalbox.console.requests;

import io.signalbox.console.theme.Token;
import io.signalbox.console.widget.LampState;
import io.signalbox.console.widget.ThemedCanvas;
import io.signalbox.mesh.explain.AttemptStep;
import javafx.scene.canvas.GraphicsContext;

/** Where in a request's time one attempt lies: a bar for the attempt, dots for the wait before it. */
final class TimeBar extends ThemedCanvas {

    private final long waitFrom;
    private final long start;
    private final long end;
    private final long whole;
    private final LampState lamp;

    /**
     * @param waitFrom when the attempt before it ended
     * @param whole how long the request took
     */
    TimeBar(AttemptStep attempt, long waitFrom, long whole) {
        this.waitFrom = waitFrom;
        start = attempt.startNanos();
        end = attempt.startNanos() + attempt.durationNanos();
        this.whole = Math.max(1, Math.max(whole, end));
        lamp = AttemptWords.lamp(attempt);
        getStyleClass().add("walk-time");
    }

    @Override
    protected void paint(GraphicsContext g, double width, double height) {
        double scale = width / whole;
        double middle = Math.floor(height / 2) + 0.5;
        g.setStroke(palette().get(Token.BORDER));
        g.setLineWidth(1);
        g.strokeLine(0, middle, width, middle);
        if (start > waitFrom) {
            g.setStroke(palette().get(Token.FG_SUBTLE));
            g.setLineWidth(px(1.5));
            g.setLineDashes(px(1.5), px(3));
            g.strokeLine(waitFrom * scale, middle, start * scale, middle);
            g.setLineDashes();
        }
        double length = Math.max(px(2), (end - start) * scale);
        double from = Math.min(start * scale, width - length);
        g.setFill(palette().get(lamp.fill()));
        g.fillRoundRect(from, 0, length, height, px(3), px(3));
    }
}
