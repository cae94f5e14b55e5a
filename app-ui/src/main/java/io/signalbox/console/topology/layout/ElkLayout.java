package io.signalbox.console.topology.layout;

import io.signalbox.console.topology.graph.GraphShape;
import io.signalbox.console.topology.layout.GraphLayout.Passage;
import io.signalbox.mesh.model.EdgeId;
import io.signalbox.mesh.model.status.ServiceKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.elk.alg.layered.options.CrossingMinimizationStrategy;
import org.eclipse.elk.alg.layered.options.LayerConstraint;
import org.eclipse.elk.alg.layered.options.LayeredMetaDataProvider;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.alg.layered.options.NodePlacementStrategy;
import org.eclipse.elk.alg.layered.options.OrderingStrategy;
import org.eclipse.elk.core.RecursiveGraphLayoutEngine;
import org.eclipse.elk.core.data.LayoutMetaDataService;
import org.eclipse.elk.core.options.CoreOptions;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.util.BasicProgressMonitor;
import org.eclipse.elk.graph.ElkBendPoint;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkEdgeSection;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.util.ElkGraphUtil;

/**
 * The layered layout: columns by distance from the callers, few crossings, straight long edges.
 *
 * <p>The library decides columns and heights; the columns' places across are ours, so that their gap can follow the
 * window. Safe from any thread.
 */
public final class ElkLayout implements LayoutEngine {

    /** Above this many edges lines are packed more tightly, and fewer orders are tried. */
    private static final int MANY_EDGES = 200;

    /** Above this many edges the best placement would take seconds. */
    private static final int MOST_FOR_BEST_PLACES = 2_500;

    private static final Object REGISTRATION = new Object();

    @Override
    public GraphLayout layout(GraphShape shape, GraphLayout before) {
        if (shape.nodes().isEmpty()) {
            return GraphLayout.EMPTY;
        }
        register();
        ElkNode root = root(shape.edges().size());
        Map<String, ElkNode> nodes = new HashMap<>();
        for (GraphShape.Node node : ordered(shape, before)) {
            nodes.put(node.name(), add(root, node));
        }
        Map<EdgeId, ElkEdge> edges = new HashMap<>();
        for (GraphShape.Edge edge : shape.edges()) {
            ElkNode source = nodes.get(edge.id().source());
            ElkNode target = nodes.get(edge.id().destination());
            if (source != null && target != null && !source.equals(target)) {
                edges.put(edge.id(), ElkGraphUtil.createSimpleEdge(source, target));
            }
        }
        new RecursiveGraphLayoutEngine().layout(root, new BasicProgressMonitor());
        return read(nodes, edges);
    }

    private static void register() {
        synchronized (REGISTRATION) {
            LayoutMetaDataService service = LayoutMetaDataService.getInstance();
            if (service.getAlgorithmData(LayeredOptions.ALGORITHM_ID) == null) {
                service.registerLayoutMetaDataProviders(new LayeredMetaDataProvider());
            }
        }
    }

    private static ElkNode root(int edges) {
        ElkNode root = ElkGraphUtil.createGraph();
        root.setProperty(CoreOptions.ALGORITHM, LayeredOptions.ALGORITHM_ID);
        root.setProperty(LayeredOptions.DIRECTION, Direction.RIGHT);
        root.setProperty(LayeredOptions.EDGE_ROUTING, EdgeRouting.POLYLINE);
        root.setProperty(LayeredOptions.SEPARATE_CONNECTED_COMPONENTS, false);
        root.setProperty(LayeredOptions.GENERATE_POSITION_AND_LAYER_IDS, true);
        root.setProperty(LayeredOptions.SPACING_NODE_NODE, GraphLayout.NODE_GAP);
        root.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, GraphLayout.USUAL_GAP);
        root.setProperty(LayeredOptions.SPACING_EDGE_NODE, edges > MANY_EDGES ? 12.0 : 24.0);
        root.setProperty(LayeredOptions.SPACING_EDGE_EDGE, edges > MANY_EDGES ? 4.0 : 12.0);
        root.setProperty(LayeredOptions.RANDOM_SEED, 1);
        root.setProperty(LayeredOptions.THOROUGHNESS, edges > MANY_EDGES ? 3 : 20);
        root.setProperty(LayeredOptions.CROSSING_MINIMIZATION_STRATEGY, CrossingMinimizationStrategy.LAYER_SWEEP);
        root.setProperty(LayeredOptions.CONSIDER_MODEL_ORDER_STRATEGY, OrderingStrategy.PREFER_NODES);
        root.setProperty(
                LayeredOptions.NODE_PLACEMENT_STRATEGY,
                edges > MOST_FOR_BEST_PLACES
                        ? NodePlacementStrategy.LINEAR_SEGMENTS
                        : NodePlacementStrategy.NETWORK_SIMPLEX);
        return root;
    }

    /** By height in the layout before, new ones last: the library keeps this order where it costs no crossing. */
    private static List<GraphShape.Node> ordered(GraphShape shape, GraphLayout before) {
        return shape.nodes().stream()
                .sorted(Comparator.comparingDouble((GraphShape.Node node) -> {
                            Box box = before.box(node.name());
                            return box == null ? Double.MAX_VALUE : box.centerY();
                        })
                        .thenComparing(GraphShape.Node::name))
                .toList();
    }

    private static ElkNode add(ElkNode root, GraphShape.Node node) {
        NodeSize size = NodeSize.of(node);
        ElkNode added = ElkGraphUtil.createNode(root);
        added.setIdentifier(node.name());
        added.setDimensions(size.width(), size.height());
        if (node.kind() == ServiceKind.CLIENT) {
            added.setProperty(LayeredOptions.LAYERING_LAYER_CONSTRAINT, LayerConstraint.FIRST);
        }
        return added;
    }

    private static GraphLayout read(Map<String, ElkNode> nodes, Map<EdgeId, ElkEdge> edges) {
        Map<String, Integer> column = new HashMap<>();
        Map<String, Box> boxes = new HashMap<>();
        nodes.forEach((name, node) -> {
            column.put(name, node.getProperty(LayeredOptions.LAYERING_LAYER_ID));
            boxes.put(name, new Box(node.getX(), node.getY(), node.getWidth(), node.getHeight()));
        });
        List<Box> extents = extents(column, boxes);
        Map<EdgeId, List<Passage>> passages = new HashMap<>();
        edges.forEach((id, edge) -> {
            List<Passage> found = passages(
                    edge, column.getOrDefault(id.source(), 0), column.getOrDefault(id.destination(), 0), extents);
            if (!found.isEmpty()) {
                passages.put(id, found);
            }
        });
        List<Double> widths = extents.stream().map(Box::width).toList();
        return GraphLayout.arranged(boxes, column, passages, widths);
    }

    private static List<Box> extents(Map<String, Integer> column, Map<String, Box> boxes) {
        int count = column.values().stream().mapToInt(Integer::intValue).max().orElse(0) + 1;
        List<Box> extents = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int at = i;
            extents.add(boxes.entrySet().stream()
                    .filter(entry -> column.getOrDefault(entry.getKey(), 0) == at)
                    .map(Map.Entry::getValue)
                    .reduce(Box::union)
                    .orElse(new Box(0, 0, 0, 0)));
        }
        return extents;
    }

    private static List<Passage> passages(ElkEdge edge, int from, int to, List<Box> extents) {
        List<Passage> found = new ArrayList<>();
        if (edge.getSections().isEmpty()) {
            return found;
        }
        int step = Integer.signum(to - from);
        for (int at = from + step; step != 0 && at != to; at += step) {
            found.add(new Passage(
                    at, heightAt(edge.getSections().getFirst(), extents.get(at).centerX())));
        }
        return found;
    }

    private static double heightAt(ElkEdgeSection section, double x) {
        double lastX = section.getStartX();
        double lastY = section.getStartY();
        for (ElkBendPoint bend : section.getBendPoints()) {
            if (between(lastX, x, bend.getX())) {
                return interpolated(lastX, lastY, bend.getX(), bend.getY(), x);
            }
            lastX = bend.getX();
            lastY = bend.getY();
        }
        return interpolated(lastX, lastY, section.getEndX(), section.getEndY(), x);
    }

    private static boolean between(double one, double x, double other) {
        return x >= Math.min(one, other) && x <= Math.max(one, other);
    }

    private static double interpolated(double x0, double y0, double x1, double y1, double x) {
        return x1 == x0 ? y1 : y0 + (y1 - y0) * Math.clamp((x - x0) / (x1 - x0), 0.0, 1.0);
    }
}
