package io.signalbox.console.topology.view;

import io.signalbox.console.topology.graph.Selection;
import io.signalbox.console.topology.layout.Box;
import io.signalbox.console.topology.paint.GraphScene;
import io.signalbox.mesh.model.EdgeId;
import java.util.function.Consumer;
import javafx.scene.Cursor;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.input.ZoomEvent;
import org.jspecify.annotations.Nullable;

/** The pointer on the stage: drag pans, the wheel zooms where it points, a click selects, two clicks fit. */
final class StagePointer {

    private static final double STEP = 1.0015;
    private static final double DRAG_BEGINS = 4;

    private final GraphStage stage;
    private final Consumer<Selection> select;
    private double pressedX;
    private double pressedY;
    private double lastX;
    private double lastY;
    private boolean dragging;

    StagePointer(GraphStage stage, Consumer<Selection> select) {
        this.stage = stage;
        this.select = select;
        stage.addEventHandler(MouseEvent.MOUSE_PRESSED, this::pressed);
        stage.addEventHandler(MouseEvent.MOUSE_DRAGGED, this::dragged);
        stage.addEventHandler(MouseEvent.MOUSE_RELEASED, event -> released());
        stage.addEventHandler(MouseEvent.MOUSE_CLICKED, this::clicked);
        stage.addEventHandler(MouseEvent.MOUSE_MOVED, this::moved);
        stage.addEventHandler(
                MouseEvent.MOUSE_EXITED, event -> stage.pointedProperty().set(Selection.nothing()));
        stage.addEventHandler(ScrollEvent.SCROLL, this::scrolled);
        stage.addEventHandler(ZoomEvent.ZOOM, event -> stage.zoomAt(event.getX(), event.getY(), event.getZoomFactor()));
    }

    private void pressed(MouseEvent event) {
        stage.requestFocus();
        pressedX = event.getX();
        pressedY = event.getY();
        lastX = pressedX;
        lastY = pressedY;
        dragging = false;
    }

    private void dragged(MouseEvent event) {
        if (!dragging && Math.hypot(event.getX() - pressedX, event.getY() - pressedY) < DRAG_BEGINS) {
            return;
        }
        dragging = true;
        stage.setCursor(Cursor.CLOSED_HAND);
        stage.pan(event.getX() - lastX, event.getY() - lastY);
        lastX = event.getX();
        lastY = event.getY();
    }

    private void released() {
        stage.setCursor(null);
    }

    private void clicked(MouseEvent event) {
        if (dragging || event.getButton() != MouseButton.PRIMARY) {
            return;
        }
        Selection target = stage.at(event.getX(), event.getY());
        if (event.getClickCount() == 2) {
            fit(target);
        } else {
            select.accept(target);
        }
    }

    private void fit(Selection target) {
        GraphScene scene = stage.scene();
        if (scene == null) {
            return;
        }
        switch (target) {
            case Selection.Nothing nothing -> stage.fit();
            case Selection.Edge edge -> {
                Box box = union(
                        scene.layout().box(edge.id().source()),
                        scene.layout().box(edge.id().destination()));
                if (box != null) {
                    stage.fitTo(box);
                }
            }
            case Selection.Node node -> {
                Box box = neighbourhood(scene, node.name());
                if (box != null) {
                    stage.fitTo(box);
                }
            }
        }
    }

    private static @Nullable Box neighbourhood(GraphScene scene, String name) {
        Box box = scene.layout().box(name);
        for (EdgeId edge : scene.routes().keySet()) {
            if (edge.source().equals(name)) {
                box = union(box, scene.layout().box(edge.destination()));
            } else if (edge.destination().equals(name)) {
                box = union(box, scene.layout().box(edge.source()));
            }
        }
        return box;
    }

    private static @Nullable Box union(@Nullable Box one, @Nullable Box other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.union(other);
    }

    private void moved(MouseEvent event) {
        Selection target = stage.at(event.getX(), event.getY());
        if (!target.equals(stage.pointedProperty().get())) {
            stage.pointedProperty().set(target);
        }
        stage.setCursor(target instanceof Selection.Nothing ? null : Cursor.HAND);
    }

    private void scrolled(ScrollEvent event) {
        if (event.getDeltaY() != 0) {
            stage.zoomAt(event.getX(), event.getY(), Math.pow(STEP, event.getDeltaY()));
            event.consume();
        }
    }
}
