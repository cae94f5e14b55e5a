package io.signalbox.console.topology.layout;

import java.util.Map;
import java.util.Optional;

/** Which node lies next in a direction. */
public final class Directions {

    /** How much a step aside counts against a step ahead. */
    private static final double ASIDE = 2.2;

    /** A way to go with the arrow keys. */
    public enum Direction {
        LEFT(-1, 0),
        RIGHT(1, 0),
        UP(0, -1),
        DOWN(0, 1);

        private final int dx;
        private final int dy;

        Direction(int dx, int dy) {
            this.dx = dx;
            this.dy = dy;
        }
    }

    private Directions() {}

    /** The nearest node that way; empty at the edge of the graph. */
    public static Optional<String> next(GraphLayout layout, String from, Direction way) {
        Box start = layout.box(from);
        if (start == null) {
            return first(layout);
        }
        String best = null;
        double least = Double.MAX_VALUE;
        for (Map.Entry<String, Box> entry : layout.boxes().entrySet()) {
            double dx = entry.getValue().centerX() - start.centerX();
            double dy = entry.getValue().centerY() - start.centerY();
            double ahead = dx * way.dx + dy * way.dy;
            double aside = Math.abs(dx * way.dy) + Math.abs(dy * way.dx);
            double cost = ahead + ASIDE * aside;
            boolean thatWay = ahead > 1 && aside <= ahead * (way.dx == 0 ? 0.6 : 4);
            if (thatWay && !entry.getKey().equals(from) && cost < least) {
                least = cost;
                best = entry.getKey();
            }
        }
        return Optional.ofNullable(best);
    }

    /** Where a keyboard begins: the uppermost node of the first column. */
    public static Optional<String> first(GraphLayout layout) {
        return layout.boxes().entrySet().stream()
                .min((one, other) -> Double.compare(order(one.getValue()), order(other.getValue())))
                .map(Map.Entry::getKey);
    }

    private static double order(Box box) {
        return box.x() * 10 + box.y();
    }
}
