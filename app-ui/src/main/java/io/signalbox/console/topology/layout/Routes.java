package io.signalbox.console.topology.layout;

import io.signalbox.console.topology.graph.GraphShape;
import io.signalbox.console.topology.layout.GraphLayout.Passage;
import io.signalbox.mesh.model.EdgeId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Draws the line of every edge through a layout. */
public final class Routes {

    private static final double OUT_FROM = 0.12;
    private static final double OUT_TO = 0.88;
    private static final double IN_FROM = 0.3;
    private static final double IN_TO = 0.7;
    private static final double LOOP = 26;

    private final GraphLayout layout;
    private final List<GraphShape.Edge> edges;
    private final Map<EdgeId, Double> leaves = new HashMap<>();
    private final Map<EdgeId, Double> arrives = new HashMap<>();

    private Routes(GraphShape shape, GraphLayout layout) {
        this.layout = layout;
        edges = shape.edges().stream()
                .filter(edge -> layout.box(edge.id().source()) != null
                        && layout.box(edge.id().destination()) != null)
                .toList();
    }

    /** The route of each edge whose ends both have a place. */
    public static Map<EdgeId, Route> of(GraphShape shape, GraphLayout layout) {
        Routes routes = new Routes(shape, layout);
        routes.spread(EdgeId::source, routes::nextHeight, routes.leaves, OUT_FROM, OUT_TO);
        routes.spread(EdgeId::destination, routes::lastHeight, routes.arrives, IN_FROM, IN_TO);
        Map<EdgeId, Route> all = new LinkedHashMap<>();
        routes.edges.forEach(edge -> all.put(edge.id(), routes.route(edge)));
        return all;
    }

    /** Edges at one card stand apart, in the order of where they lead, so that they do not cross at once. */
    private void spread(
            Function<EdgeId, String> end,
            ToDoubleFunction<EdgeId> height,
            Map<EdgeId, Double> places,
            double from,
            double to) {
        Map<String, List<EdgeId>> byNode = new HashMap<>();
        edges.forEach(edge -> byNode.computeIfAbsent(end.apply(edge.id()), name -> new ArrayList<>())
                .add(edge.id()));
        byNode.forEach((name, ids) -> {
            ids.sort(Comparator.comparingDouble(height).thenComparing(Comparator.naturalOrder()));
            Box box = box(name);
            double inset = ids.size() == 2 ? (to - from) / 5 : 0;
            for (int i = 0; i < ids.size(); i++) {
                double part = ids.size() == 1 ? 0.5 : from + inset + (to - from - 2 * inset) * i / (ids.size() - 1);
                places.put(ids.get(i), box.y() + box.height() * part);
            }
        });
    }

    private double nextHeight(EdgeId id) {
        List<Passage> passages = layout.passages().getOrDefault(id, List.of());
        return passages.isEmpty()
                ? box(id.destination()).centerY()
                : passages.getFirst().y();
    }

    private double lastHeight(EdgeId id) {
        List<Passage> passages = layout.passages().getOrDefault(id, List.of());
        return passages.isEmpty()
                ? box(id.source()).centerY()
                : passages.getLast().y();
    }

    private Box box(String node) {
        Box box = layout.box(node);
        return box == null ? new Box(0, 0, 0, 0) : box;
    }

    private Route route(GraphShape.Edge edge) {
        EdgeId id = edge.id();
        Box source = box(id.source());
        Box target = box(id.destination());
        double startY = leaves.getOrDefault(id, source.centerY());
        double endY = arrives.getOrDefault(id, target.centerY());
        int from = layout.column().getOrDefault(id.source(), 0);
        int to = layout.column().getOrDefault(id.destination(), 0);
        if (from == to) {
            return new Route(id, new Track(List.of(loop(source, target, startY, endY))), List.of());
        }
        boolean forward = to > from;
        double startX = forward ? source.right() : source.x();
        double endX = forward ? target.x() : target.right();
        if (!edge.legRows().isEmpty() && forward) {
            double before = Math.min(Route.TURNOUT, layout.gapAfter(to - 1) * 0.55);
            return turnout(edge, target, startX, startY, endX - before);
        }
        return new Route(id, new Track(curves(id, startX, startY, endX, endY, forward)), List.of());
    }

    private static Cubic loop(Box source, Box target, double startY, double endY) {
        double out = Math.max(source.right(), target.right()) + LOOP;
        double end = source.equals(target) ? source.y() + 6 : endY;
        return new Cubic(source.right(), startY, out, startY, out, end, target.right(), end);
    }

    private Route turnout(GraphShape.Edge edge, Box target, double startX, double startY, double ringX) {
        List<Double> rows = edge.legRows().stream()
                .map(row -> target.y() + NodeSize.HEADER + NodeSize.ROW * (row + 0.5))
                .toList();
        double middle = (rows.getFirst() + rows.getLast()) / 2;
        List<Track> legs = new ArrayList<>();
        for (double row : rows) {
            legs.add(new Track(List.of(
                    Math.abs(row - middle) < 0.5
                            ? Cubic.line(ringX, middle, target.x(), row)
                            : Cubic.bend(ringX, middle, target.x(), row))));
        }
        return new Route(edge.id(), new Track(curves(edge.id(), startX, startY, ringX, middle, true)), legs);
    }

    private List<Cubic> curves(EdgeId id, double startX, double startY, double endX, double endY, boolean forward) {
        List<Cubic> curves = new ArrayList<>();
        double x = startX;
        double y = startY;
        for (Passage passage : layout.passages().getOrDefault(id, List.of())) {
            double left = layout.columnX(passage.column());
            double right = left + layout.columns().get(passage.column());
            double in = forward ? left : right;
            double out = forward ? right : left;
            curves.add(Cubic.bend(x, y, in, passage.y()));
            curves.add(Cubic.line(in, passage.y(), out, passage.y()));
            x = out;
            y = passage.y();
        }
        curves.add(Math.abs(y - endY) < 0.5 ? Cubic.line(x, y, endX, endY) : Cubic.bend(x, y, endX, endY));
        return curves;
    }
}
