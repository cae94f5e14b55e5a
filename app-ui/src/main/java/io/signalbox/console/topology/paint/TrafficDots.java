package io.signalbox.console.topology.paint;

import io.signalbox.console.topology.graph.GraphEdge;
import io.signalbox.console.topology.graph.GraphModel;
import io.signalbox.console.topology.layout.Route;
import io.signalbox.mesh.model.EdgeId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** All dots of the graph. Belongs to the thread that paints. */
public final class TrafficDots {

    private final Map<EdgeId, EdgeDots> byEdge = new HashMap<>();

    /** Takes over new figures and routes. */
    public void update(GraphModel graph, Map<EdgeId, Route> routes) {
        byEdge.keySet().retainAll(routes.keySet());
        int wantedByAll = graph.edges().stream().mapToInt(TrafficDots::wanted).sum();
        long erring = graph.edges().stream()
                .filter(edge -> edge.erring() && wanted(edge) > 0)
                .count();
        DotBudget budget = new DotBudget(wantedByAll, (int) erring);
        for (GraphEdge edge : graph.edges()) {
            Route route = routes.get(edge.id());
            if (route == null || route.legs().size() != edge.legs().size()) {
                byEdge.remove(edge.id());
                continue;
            }
            DotRules.Errors errors = edge.erring() ? DotRules.Errors.SOME : DotRules.Errors.NONE;
            int count = budget.take(wanted(edge), errors);
            byEdge.computeIfAbsent(edge.id(), id -> new EdgeDots(edge, route)).update(edge, route, count);
        }
    }

    /** None where every call is refused at the door. */
    private static int wanted(GraphEdge edge) {
        return edge.refusal().isPresent() ? 0 : DotRules.count(edge.rps());
    }

    /** Lets time pass. */
    public void advance(double seconds) {
        byEdge.values().forEach(dots -> dots.advance(seconds));
    }

    /** How many there are. */
    public int count() {
        return byEdge.values().stream().mapToInt(EdgeDots::count).sum();
    }

    Collection<EdgeDots> edges() {
        return byEdge.values();
    }
}
