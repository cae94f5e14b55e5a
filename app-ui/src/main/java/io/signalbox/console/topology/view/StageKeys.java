package io.signalbox.console.topology.view;

import io.signalbox.console.topology.graph.GraphEdge;
import io.signalbox.console.topology.graph.Selection;
import io.signalbox.console.topology.layout.Box;
import io.signalbox.console.topology.layout.Directions;
import io.signalbox.console.topology.paint.GraphScene;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.input.KeyEvent;

/**
 * The keyboard on the stage: arrows go to the next node that way, Tab through a node's edges, Enter selects, Escape
 * clears, plus and minus zoom, 0 fits.
 */
final class StageKeys {

    private static final double ZOOM_STEP = 1.25;

    private final GraphStage stage;
    private final Consumer<Selection> select;
    private String lastNode = "";

    StageKeys(GraphStage stage, Consumer<Selection> select) {
        this.stage = stage;
        this.select = select;
        stage.setFocusTraversable(true);
        stage.addEventHandler(KeyEvent.KEY_PRESSED, this::pressed);
        stage.focusedProperty().subscribe((before, now) -> {
            if (!now) {
                stage.keyFocusProperty().set(Selection.nothing());
            }
        });
    }

    private void pressed(KeyEvent event) {
        if (event.isControlDown() || event.isAltDown() || event.isMetaDown()) {
            return;
        }
        boolean taken = switch (event.getCode()) {
            case LEFT, KP_LEFT -> go(Directions.Direction.LEFT);
            case RIGHT, KP_RIGHT -> go(Directions.Direction.RIGHT);
            case UP, KP_UP -> go(Directions.Direction.UP);
            case DOWN, KP_DOWN -> go(Directions.Direction.DOWN);
            case TAB -> nextEdge(event.isShiftDown() ? -1 : 1);
            case ENTER, SPACE -> choose();
            case ESCAPE -> clear();
            case PLUS, EQUALS, ADD -> zoom(ZOOM_STEP);
            case MINUS, SUBTRACT -> zoom(1 / ZOOM_STEP);
            case DIGIT0, NUMPAD0 -> fit();
            default -> false;
        };
        if (taken) {
            event.consume();
        }
    }

    private boolean go(Directions.Direction way) {
        GraphScene scene = stage.scene();
        if (scene == null) {
            return false;
        }
        Optional<String> start = nodeInFocus();
        Optional<String> next =
                start.isEmpty() ? Directions.first(scene.layout()) : Directions.next(scene.layout(), start.get(), way);
        next.ifPresent(this::focus);
        return true;
    }

    /** The node that the keyboard is at, or whose edge it is at, or that is selected. */
    private Optional<String> nodeInFocus() {
        GraphScene scene = stage.scene();
        return switch (stage.keyFocusProperty().get()) {
            case Selection.Node node -> Optional.of(node.name());
            case Selection.Edge edge ->
                Optional.of(lastNode.isEmpty() ? edge.id().source() : lastNode);
            case Selection.Nothing nothing ->
                scene != null && scene.selection() instanceof Selection.Node node
                        ? Optional.of(node.name())
                        : Optional.empty();
        };
    }

    private void focus(String node) {
        lastNode = node;
        stage.keyFocusProperty().set(new Selection.Node(node));
        GraphScene scene = stage.scene();
        Box box = scene == null ? null : scene.layout().box(node);
        if (box != null && !stage.viewportProperty().get().exactlyVisible().intersects(box)) {
            stage.centerOn(box.centerX(), box.centerY());
        }
    }

    /** Through the edges of the node; past the last one the focus leaves the stage. */
    private boolean nextEdge(int step) {
        GraphScene scene = stage.scene();
        Selection at = stage.keyFocusProperty().get();
        if (scene == null || at instanceof Selection.Nothing) {
            return false;
        }
        String node = nodeInFocus().orElse("");
        List<Selection> stops = stops(scene, node);
        int index = stops.indexOf(at) + step;
        if (index < 0 || index >= stops.size()) {
            return false;
        }
        stage.keyFocusProperty().set(stops.get(index));
        return true;
    }

    private static List<Selection> stops(GraphScene scene, String node) {
        List<Selection> stops = new ArrayList<>();
        stops.add(new Selection.Node(node));
        for (GraphEdge edge : scene.model().edges()) {
            if (edge.id().source().equals(node) || edge.id().destination().equals(node)) {
                stops.add(new Selection.Edge(edge.id()));
            }
        }
        return stops;
    }

    private boolean choose() {
        Selection at = stage.keyFocusProperty().get();
        if (at instanceof Selection.Nothing) {
            return false;
        }
        select.accept(at);
        return true;
    }

    private boolean clear() {
        GraphScene scene = stage.scene();
        boolean something = !(stage.keyFocusProperty().get() instanceof Selection.Nothing)
                || (scene != null && !(scene.selection() instanceof Selection.Nothing));
        stage.keyFocusProperty().set(Selection.nothing());
        select.accept(Selection.nothing());
        return something;
    }

    private boolean zoom(double factor) {
        stage.zoomBy(factor);
        return true;
    }

    private boolean fit() {
        stage.fit();
        return true;
    }
}
