package io.signalbox.console.topology.view;

import io.signalbox.console.theme.Token;
import io.signalbox.console.topology.graph.GraphNode;
import io.signalbox.console.topology.layout.Box;
import io.signalbox.console.topology.paint.GraphScene;
import io.signalbox.console.widget.ThemedCanvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.MouseEvent;

/** The whole graph as small blocks, with a frame around what is seen; a press or drag moves there. */
final class MiniMap extends ThemedCanvas {

    private static final double INSET = 7;

    private final GraphStage stage;

    MiniMap(GraphStage stage) {
        this.stage = stage;
        getStyleClass().add("mesh-mini-map");
        stage.viewportProperty().subscribe(now -> repaint());
        addEventHandler(MouseEvent.MOUSE_PRESSED, this::go);
        addEventHandler(MouseEvent.MOUSE_DRAGGED, this::go);
    }

    private double scale() {
        Box all = stage.bounds();
        return Math.min(
                (getWidth() - 2 * INSET) / Math.max(1, all.width()),
                (getHeight() - 2 * INSET) / Math.max(1, all.height()));
    }

    private double left(double scale) {
        return (getWidth() - stage.bounds().width() * scale) / 2
                - stage.bounds().x() * scale;
    }

    private double top(double scale) {
        return (getHeight() - stage.bounds().height() * scale) / 2
                - stage.bounds().y() * scale;
    }

    private void go(MouseEvent event) {
        double scale = scale();
        stage.centerOn((event.getX() - left(scale)) / scale, (event.getY() - top(scale)) / scale);
        event.consume();
    }

    @Override
    protected void paint(GraphicsContext g, double width, double height) {
        GraphScene scene = stage.scene();
        if (scene == null) {
            return;
        }
        double scale = scale();
        double left = left(scale);
        double top = top(scale);
        for (GraphNode node : scene.model().nodes()) {
            Box box = scene.layout().box(node.name());
            if (box != null) {
                g.setFill(palette().get(color(node)));
                g.fillRect(
                        left + box.x() * scale,
                        top + box.y() * scale,
                        Math.max(2, box.width() * scale),
                        Math.max(2, box.height() * scale));
            }
        }
        Box seen = stage.viewportProperty().get().exactlyVisible();
        double x = Math.max(2, left + seen.x() * scale);
        double y = Math.max(2, top + seen.y() * scale);
        double right = Math.min(width - 2, left + seen.right() * scale);
        double bottom = Math.min(height - 2, top + seen.bottom() * scale);
        g.setStroke(palette().get(Token.ACCENT));
        g.setLineWidth(1);
        g.strokeRoundRect(
                Math.round(x) + 0.5,
                Math.round(y) + 0.5,
                Math.max(4, Math.round(right - x) - 1.0),
                Math.max(4, Math.round(bottom - y) - 1.0),
                4,
                4);
    }

    private static Token color(GraphNode node) {
        return switch (node.health()) {
            case OK, IDLE -> Token.TRACK;
            case DEGRADED -> Token.LAMP_WARN;
            case FAILING -> Token.LAMP_DANGER;
        };
    }
}
