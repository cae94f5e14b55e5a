package io.signalbox.console.topology.paint;

import io.signalbox.console.topology.graph.GraphEdge;
import io.signalbox.console.topology.layout.Route;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The dots of one edge. They run evenly with ±30 % of jitter seeded by the edge's id. Each draws its luck at the start of
 * its run: which leg it takes, and from which share of failures on it is a cross.
 */
final class EdgeDots {

    private static final double JITTER = 0.3;

    private final SplittableRandom random;
    private Route route;
    private GraphEdge edge;
    private float[] along = {};
    private byte[] leg = {};
    private float[] luck = {};
    private int count;
    private int unluckiest;
    private double speed;
    private double end;

    EdgeDots(GraphEdge edge, Route route) {
        this.edge = edge;
        this.route = route;
        random = new SplittableRandom(edge.id().toString().hashCode());
    }

    int count() {
        return count;
    }

    Route route() {
        return route;
    }

    GraphEdge edge() {
        return edge;
    }

    int leg(int dot) {
        return leg[dot];
    }

    boolean cross(int dot) {
        return edge.erring() && (luck[dot] < edge.errorShare() || dot == unluckiest);
    }

    double x(int dot) {
        return route.x(along[dot], leg[dot]);
    }

    double y(int dot) {
        return route.y(along[dot], leg[dot]);
    }

    /** Whether a dot runs behind the turnout on the candidate's leg. */
    int legBehindTurnout(int dot) {
        return route.split() && along[dot] > route.trunk().length() ? leg[dot] : -1;
    }

    /** Takes over new figures; dots that run keep running. */
    void update(GraphEdge now, Route line, int wanted) {
        double[] before = new double[count];
        for (int i = 0; i < count; i++) {
            before[i] = runLength(leg[i]);
        }
        edge = now;
        route = line;
        speed = DotRules.speed(now.p50Millis());
        end = now.breaker().severed() ? line.gapStart() : line.trunk().length();
        for (int i = 0; i < count; i++) {
            if (route.split() && leg[i] >= route.legs().size()) {
                leg[i] = (byte) chooseLeg();
            }
            double length = runLength(leg[i]);
            if (before[i] != length) {
                along[i] = (float) (along[i] * length / before[i]);
            }
        }
        if (wanted != count) {
            resize(wanted);
        }
        findUnluckiest();
    }

    void advance(double seconds) {
        double step = speed * seconds;
        boolean begun = false;
        for (int i = 0; i < count; i++) {
            along[i] += (float) step;
            double length = runLength(leg[i]);
            if (along[i] >= length) {
                along[i] -= (float) length;
                begin(i);
                begun = true;
            }
        }
        if (begun) {
            findUnluckiest();
        }
    }

    private double runLength(int way) {
        boolean onwards = route.split() && !edge.breaker().severed();
        return Math.max(1, onwards ? end + route.legs().get(way).length() : end);
    }

    private void resize(int wanted) {
        int kept = Math.min(count, wanted);
        along = Arrays.copyOf(along, wanted);
        leg = Arrays.copyOf(leg, wanted);
        luck = Arrays.copyOf(luck, wanted);
        for (int i = kept; i < wanted; i++) {
            begin(i);
            double place = kept == 0
                    ? (i + (random.nextDouble() * 2 - 1) * JITTER + 0.5) / wanted
                    : widestGap(i) / runLength(leg[i]);
            along[i] = (float) (Math.clamp(place, 0.0, 1.0) * runLength(leg[i]));
        }
        count = wanted;
    }

    /** The middle of the longest stretch without a dot, among the first so many dots. */
    private double widestGap(int dots) {
        float[] sorted = Arrays.copyOf(along, dots);
        Arrays.sort(sorted);
        double from = sorted[dots - 1] - end;
        double widest = sorted[0] - from;
        double middle = (from + sorted[0]) / 2;
        for (int i = 1; i < dots; i++) {
            if (sorted[i] - sorted[i - 1] > widest) {
                widest = sorted[i] - sorted[i - 1];
                middle = (sorted[i] + sorted[i - 1]) / 2.0;
            }
        }
        return middle < 0 ? middle + end : middle;
    }

    private void begin(int dot) {
        leg[dot] = (byte) chooseLeg();
        luck[dot] = (float) random.nextDouble();
    }

    /** When any call failed at least one dot is a cross: this one. */
    private void findUnluckiest() {
        unluckiest = 0;
        for (int i = 1; i < count; i++) {
            if (luck[i] < luck[unluckiest]) {
                unluckiest = i;
            }
        }
    }

    private int chooseLeg() {
        List<GraphEdge.Leg> legs = edge.legs();
        if (!route.split()) {
            return 0;
        }
        double total = legs.stream().mapToDouble(GraphEdge.Leg::got).sum();
        double drawn = random.nextDouble() * total;
        for (int i = 0; i < route.legs().size() - 1 && i < legs.size(); i++) {
            drawn -= legs.get(i).got();
            if (drawn < 0) {
                return i;
            }
        }
        return route.legs().size() - 1;
    }
}
