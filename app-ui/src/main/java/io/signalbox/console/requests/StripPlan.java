package io.signalbox.console.requests;

import io.signalbox.mesh.explain.ExplainedRequest;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the services of a walk stand: callers left of those that they call, one row for each way that the calls take.
 *
 * @param stops callers first, then one for each hop, in the order of the calls
 */
record StripPlan(List<Stop> stops, int columns, int rows) {

    StripPlan {
        stops = List.copyOf(stops);
    }

    /**
     * A service in its place.
     *
     * @param from the place in {@code stops} of the one that calls it; -1 for one that nobody calls
     * @param hop the hop that leads to it; -1 for one that nobody calls
     */
    record Stop(String service, int column, int row, int from, int hop) {}

    static StripPlan of(List<ExplainedRequest> hops) {
        List<Stop> stops = new ArrayList<>();
        List<Integer> path = new ArrayList<>();
        List<Boolean> called = new ArrayList<>();
        int rows = 0;
        int columns = 0;
        for (int hop = 0; hop < hops.size(); hop++) {
            ExplainedRequest request = hops.get(hop);
            int depth = Math.min(request.depth(), Math.max(0, path.size() - 1));
            boolean fresh = path.isEmpty()
                    || (depth == 0
                            && !stops.get(path.getFirst())
                                    .service()
                                    .equals(request.request().source()));
            if (fresh) {
                path.clear();
                path.add(stops.size());
                stops.add(new Stop(request.request().source(), 0, rows++, -1, -1));
                called.add(false);
            }
            int caller = path.get(depth);
            int row = called.get(caller) ? rows++ : stops.get(caller).row();
            called.set(caller, true);
            path.subList(depth + 1, path.size()).clear();
            path.add(stops.size());
            stops.add(new Stop(request.request().destination(), depth + 1, row, caller, hop));
            called.add(false);
            columns = Math.max(columns, depth + 2);
        }
        return new StripPlan(stops, columns, rows);
    }
}
