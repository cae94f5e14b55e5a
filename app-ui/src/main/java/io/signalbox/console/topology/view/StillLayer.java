package io.signalbox.console.topology.view;

import io.signalbox.console.theme.Palette;
import io.signalbox.console.widget.ThemedCanvas;
import javafx.scene.canvas.GraphicsContext;

/** The canvas for what stands still; it also knows the colours in force for the canvas above it. */
final class StillLayer extends ThemedCanvas {

    /** Paints the layer. */
    @FunctionalInterface
    interface Painter {
        void paint(GraphicsContext g, Palette palette);
    }

    private final Painter painter;
    private final Guarded guard = new Guarded("what stands still in the topology");

    StillLayer(Painter painter) {
        this.painter = painter;
        setMouseTransparent(true);
    }

    @Override
    protected void paint(GraphicsContext g, double width, double height) {
        guard.run(() -> painter.paint(g, palette()));
    }

    Palette colors() {
        return palette();
    }

    double em() {
        return px(1);
    }
}
