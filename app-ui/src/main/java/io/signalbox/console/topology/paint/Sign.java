package io.signalbox.console.topology.paint;

import io.signalbox.console.topology.graph.GraphEdge;
import io.signalbox.console.topology.graph.VersionRow;
import io.signalbox.console.topology.layout.Box;

/** Something that stands beside an edge, with the place that was found for it in graph units. */
sealed interface Sign {

    Box place();

    /** Words that stay as they are until the next snapshot. */
    record Words(Box place, String text, Tone tone, double opacity) implements Sign {}

    /** A lamp without words. */
    record Light(Box place, GraphEdge edge) implements Sign {}

    /** A breaker's state with what changes by the second: the time to the next trial. */
    record Pill(Box place, GraphEdge edge, double opacity) implements Sign {}

    /** What the words are about, and so their colour. */
    enum Tone {
        SHARE,
        CANDIDATE_SHARE,
        REFUSAL,
        FIGURES;

        static Tone of(VersionRow.Part part) {
            return part == VersionRow.Part.CANDIDATE ? CANDIDATE_SHARE : SHARE;
        }
    }
}
