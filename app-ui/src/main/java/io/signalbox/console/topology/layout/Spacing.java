package io.signalbox.console.topology.layout;

import io.signalbox.console.topology.graph.GraphShape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Sets columns apart to fill the room there is: usually 64 to 100, wider where a turnout needs it, narrower where only
 * one or two lines pass.
 */
public final class Spacing {

    private static final int FEW_LINES = 2;
    private static final Range SIMPLE = new Range(50, 88);
    private static final Range USUAL = new Range(64, 112);
    private static final Range TURNOUT = new Range(92, 132);

    /** The least and the best width of a gap. */
    private record Range(double least, double best) {}

    private Spacing() {}

    /** The layout with gaps such that it is about as wide as the room, within what each gap allows. */
    public static GraphLayout fit(GraphShape shape, GraphLayout layout, double room) {
        List<Range> ranges = ranges(shape, layout);
        double least = ranges.stream().mapToDouble(Range::least).sum();
        double best = ranges.stream().mapToDouble(Range::best).sum();
        double cards =
                layout.columns().stream().mapToDouble(Double::doubleValue).sum();
        double part = best == least ? 0 : Math.clamp((room - cards - least) / (best - least), 0.0, 1.0);
        return layout.withGaps(ranges.stream()
                .map(range -> (double) Math.round(range.least() + (range.best() - range.least()) * part))
                .toList());
    }

    private static List<Range> ranges(GraphShape shape, GraphLayout layout) {
        int count = Math.max(0, layout.columns().size() - 1);
        int[] lines = new int[count];
        Set<Integer> turnouts = new HashSet<>();
        for (GraphShape.Edge edge : shape.edges()) {
            int from = layout.column().getOrDefault(edge.id().source(), 0);
            int to = layout.column().getOrDefault(edge.id().destination(), 0);
            for (int gap = Math.min(from, to); gap < Math.max(from, to) && gap < count; gap++) {
                lines[gap]++;
            }
            if (!edge.legRows().isEmpty() && to > from) {
                turnouts.add(to - 1);
            }
        }
        List<Range> ranges = new ArrayList<>();
        for (int gap = 0; gap < count; gap++) {
            ranges.add(turnouts.contains(gap) ? TURNOUT : lines[gap] <= FEW_LINES ? SIMPLE : USUAL);
        }
        return ranges;
    }
}
