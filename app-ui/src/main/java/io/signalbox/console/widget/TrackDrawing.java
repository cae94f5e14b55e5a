package io.signalbox.console.widget;

import io.signalbox.console.theme.Token;
import java.util.Optional;
import javafx.scene.canvas.GraphicsContext;

/** A piece of track, 180 × 56 px, that stands on empty and failed panes: whole with a signal, or broken. */
public final class TrackDrawing extends ThemedCanvas {

    private static final int SLEEPERS = 14;

    private final Optional<LampState> signal;

    private TrackDrawing(Optional<LampState> signal) {
        this.signal = signal;
        getStyleClass().add("mesh-track-drawing");
    }

    /** A whole track with a signal that shows this lamp. */
    public static TrackDrawing withSignal(LampState lamp) {
        return new TrackDrawing(Optional.of(lamp));
    }

    /** A track that ends at two buffers. */
    public static TrackDrawing broken() {
        return new TrackDrawing(Optional.empty());
    }

    @Override
    protected void paint(GraphicsContext g, double width, double height) {
        double y = height - px(11);
        g.setStroke(palette().get(Token.TRACK));
        g.setLineWidth(px(1.5));
        if (signal.isPresent()) {
            piece(g, 0, width, y);
            post(g, width / 2, y, signal.get());
        } else {
            piece(g, 0, width * 0.34, y);
            piece(g, width * 0.66, width, y);
            g.setStroke(palette().get(Token.LAMP_DANGER));
            g.setLineWidth(px(2));
            buffer(g, width * 0.37, y);
            buffer(g, width * 0.63, y);
        }
    }

    private void piece(GraphicsContext g, double from, double to, double y) {
        double gap = px(3.5);
        g.strokeLine(from, y - gap, to, y - gap);
        g.strokeLine(from, y + gap, to, y + gap);
        double step = getWidth() / SLEEPERS;
        for (double x = from + step / 2; x < to; x += step) {
            g.strokeLine(x, y - gap - px(3), x, y + gap + px(3));
        }
    }

    private void post(GraphicsContext g, double x, double y, LampState lamp) {
        double size = px(14);
        double lampY = size / 2 + 1;
        g.setStroke(palette().get(Token.TRACK_LIT));
        g.setLineWidth(px(1.5));
        g.strokeLine(x, lampY + size / 2 + 1, x, y - px(8));
        LampPainter.paint(g, palette(), lamp, x, lampY, size);
    }

    private void buffer(GraphicsContext g, double x, double y) {
        g.strokeLine(x, y - px(7), x, y + px(7));
    }
}
