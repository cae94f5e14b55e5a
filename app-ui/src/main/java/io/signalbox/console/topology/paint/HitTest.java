package io.signalbox.console.topology.paint;

import io.signalbox.console.topology.graph.Selection;
import io.signalbox.console.topology.layout.Box;
import io.signalbox.console.topology.layout.GraphLayout;
import io.signalbox.console.topology.layout.Route;
import io.signalbox.mesh.model.EdgeId;
import java.util.Map;
import java.util.function.Predicate;

/** What lies under a point: a node before an edge, the nearest edge within 12 px of its line. */
public final class HitTest {

    private static final double EDGE_REACH = 12;

    /** The least size of a node's target in pixels. */
    private static final double NODE_REACH = 24;

    private HitTest() {}

    /**
     * Finds what lies under a point of the screen.
     *
     * @param clickable whether a thing takes part; what is faded does not
     */
    public static Selection at(
            double screenX,
            double screenY,
            Viewport viewport,
            GraphLayout layout,
            Map<EdgeId, Route> routes,
            Predicate<Selection> clickable) {
        double x = viewport.graphX(screenX);
        double y = viewport.graphY(screenY);
        for (Map.Entry<String, Box> entry : layout.boxes().entrySet()) {
            Selection.Node node = new Selection.Node(entry.getKey());
            if (target(entry.getValue(), viewport).contains(x, y) && clickable.test(node)) {
                return node;
            }
        }
        double nearest = EDGE_REACH / viewport.scale();
        Selection found = Selection.nothing();
        for (Route route : routes.values()) {
            if (route.bounds().grown(nearest).contains(x, y)) {
                double distance = route.distanceTo(x, y);
                Selection.Edge edge = new Selection.Edge(route.id());
                if (distance < nearest && clickable.test(edge)) {
                    nearest = distance;
                    found = edge;
                }
            }
        }
        return found;
    }

    private static Box target(Box box, Viewport viewport) {
        double least = NODE_REACH / viewport.scale();
        double growX = Math.max(0, (least - box.width()) / 2);
        double growY = Math.max(0, (least - box.height()) / 2);
        return new Box(box.x() - growX, box.y() - growY, box.width() + 2 * growX, box.height() + 2 * growY);
    }
}
