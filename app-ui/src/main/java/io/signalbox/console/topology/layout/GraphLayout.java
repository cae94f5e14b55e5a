package io.signalbox.console.topology.layout;

import io.signalbox.mesh.model.EdgeId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where every node stands, in columns from left to right, and where long edges pass between the nodes of a column.
 *
 * @param boxes by node name
 * @param column of each node, from 0
 * @param passages of each edge through the columns between its ends, in its direction; absent for short edges
 * @param columns the width of each column
 * @param gaps between each column and the next
 */
public record GraphLayout(
        Map<String, Box> boxes,
        Map<String, Integer> column,
        Map<EdgeId, List<Passage>> passages,
        List<Double> columns,
        List<Double> gaps) {

    public static final double USUAL_GAP = 100;
    public static final double NODE_GAP = 40;
    public static final GraphLayout EMPTY = new GraphLayout(Map.of(), Map.of(), Map.of(), List.of(), List.of());

    /** An edge running straight through a column, at a height where no node stands. */
    public record Passage(int column, double y) {}

    public GraphLayout {
        boxes = Map.copyOf(boxes);
        column = Map.copyOf(column);
        passages = Map.copyOf(passages);
        columns = List.copyOf(columns);
        gaps = List.copyOf(gaps);
    }

    /** An arrangement with usual gaps, each node as wide as its column. */
    static GraphLayout arranged(
            Map<String, Box> boxes,
            Map<String, Integer> column,
            Map<EdgeId, List<Passage>> passages,
            List<Double> columns) {
        List<Double> usual = Collections.nCopies(Math.max(0, columns.size() - 1), USUAL_GAP);
        return new GraphLayout(boxes, column, passages, columns, usual).withGaps(usual);
    }

    /** The same arrangement with the columns that far apart. */
    public GraphLayout withGaps(List<Double> newGaps) {
        GraphLayout spaced = new GraphLayout(Map.of(), column, passages, columns, newGaps);
        Map<String, Box> moved = new HashMap<>();
        boxes.forEach((name, box) -> {
            int at = column.getOrDefault(name, 0);
            moved.put(name, new Box(spaced.columnX(at), box.y(), columns.get(at), box.height()));
        });
        return new GraphLayout(moved, column, passages, columns, newGaps);
    }

    public double columnX(int at) {
        double x = 0;
        for (int i = 0; i < at; i++) {
            x += columns.get(i) + gapAfter(i);
        }
        return x;
    }

    /** The gap between a column and the next. */
    public double gapAfter(int at) {
        return at >= 0 && at < gaps.size() ? gaps.get(at) : USUAL_GAP;
    }

    public @Nullable Box box(String node) {
        return boxes.get(node);
    }

    public boolean isEmpty() {
        return boxes.isEmpty();
    }

    /** The box around everything. */
    public Box bounds() {
        return boxes.values().stream().reduce(Box::union).orElse(new Box(0, 0, 0, 0));
    }

    /** This layout on its way to another: common nodes part of the way (0..1), new ones at their place. */
    public GraphLayout towards(GraphLayout goal, double part) {
        Map<String, Box> moved = new HashMap<>();
        goal.boxes.forEach((name, box) -> {
            Box from = boxes.get(name);
            moved.put(name, from == null ? box : from.towards(box, part));
        });
        Map<EdgeId, List<Passage>> passing = new HashMap<>();
        goal.passages.forEach((edge, to) ->
                passing.put(edge, between(passages.getOrDefault(edge, List.of()), to, part)));
        return new GraphLayout(moved, goal.column, passing, goal.columns, goal.gaps);
    }

    private static List<Passage> between(List<Passage> from, List<Passage> to, double part) {
        if (from.size() != to.size()) {
            return to;
        }
        List<Passage> moved = new ArrayList<>();
        for (int i = 0; i < to.size(); i++) {
            double start = from.get(i).y();
            moved.add(new Passage(to.get(i).column(), start + (to.get(i).y() - start) * part));
        }
        return moved;
    }
}
