package io.signalbox.console.topology.layout;

import io.signalbox.console.topology.graph.GraphShape;
import io.signalbox.mesh.model.EdgeId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The plain layout behind the real one: columns by the longest way from a caller, names in order. Cannot fail. */
public final class ColumnLayout implements LayoutEngine {

    @Override
    public GraphLayout layout(GraphShape shape, GraphLayout before) {
        Map<String, Integer> column = columns(shape);
        int count = column.values().stream().mapToInt(Integer::intValue).max().orElse(-1) + 1;
        List<Double> widths = new ArrayList<>();
        Map<String, Box> boxes = new HashMap<>();
        for (int at = 0; at < count; at++) {
            int current = at;
            List<GraphShape.Node> members = shape.nodes().stream()
                    .filter(node -> column.getOrDefault(node.name(), 0) == current)
                    .sorted(Comparator.comparing(GraphShape.Node::name))
                    .toList();
            widths.add(members.stream()
                    .mapToDouble(node -> NodeSize.of(node).width())
                    .max()
                    .orElse(0));
            double y = 0;
            for (GraphShape.Node node : members) {
                NodeSize size = NodeSize.of(node);
                boxes.put(node.name(), new Box(0, y, size.width(), size.height()));
                y += size.height() + GraphLayout.NODE_GAP;
            }
        }
        return GraphLayout.arranged(boxes, column, Map.of(), widths);
    }

    /** Each edge pushes its destination one column on; as many rounds as nodes end any cycle. */
    private static Map<String, Integer> columns(GraphShape shape) {
        Map<String, Integer> column = new HashMap<>();
        shape.nodes().forEach(node -> column.put(node.name(), 0));
        int limit = shape.nodes().size();
        boolean moved = true;
        for (int round = 0; moved && round < limit; round++) {
            moved = false;
            for (GraphShape.Edge edge : shape.edges()) {
                EdgeId id = edge.id();
                int wanted = column.getOrDefault(id.source(), 0) + 1;
                boolean toItself = id.source().equals(id.destination());
                if (!toItself && wanted > column.getOrDefault(id.destination(), 0) && wanted < limit) {
                    column.put(id.destination(), wanted);
                    moved = true;
                }
            }
        }
        return column;
    }
}
