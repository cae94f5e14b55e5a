package io.signalbox.console.topology.graph;

import io.signalbox.mesh.model.status.Latency;
import io.signalbox.mesh.model.status.TrafficStats;
import java.util.Locale;

/**
 * A question to the graph, such as {@code err>1% or p99>80ms}.
 *
 * <p>It is asked of nodes and of edges alike. What has no traffic has no figures, so no comparison holds for it.
 */
public sealed interface Find {

    /** Whether the thing of that name and traffic is looked for. */
    boolean matches(String name, TrafficStats stats);

    default boolean matches(GraphNode node) {
        return matches(node.name(), node.stats());
    }

    default boolean matches(GraphEdge edge) {
        return matches(edge.id().toString(), edge.status().stats());
    }

    /** The name contains the word, in any case. */
    record Word(String word) implements Find {

        @Override
        public boolean matches(String name, TrafficStats stats) {
            return name.toLowerCase(Locale.ROOT).contains(word.toLowerCase(Locale.ROOT));
        }
    }

    /** A figure above or below a bound. */
    record Compare(Figure figure, Relation relation, double bound) implements Find {

        @Override
        public boolean matches(String name, TrafficStats stats) {
            double value = figure.of(stats);
            return switch (relation) {
                case ABOVE -> value > bound;
                case BELOW -> value < bound;
                case AT_LEAST -> value >= bound;
                case AT_MOST -> value <= bound;
            };
        }
    }

    record Both(Find first, Find second) implements Find {

        @Override
        public boolean matches(String name, TrafficStats stats) {
            return first.matches(name, stats) && second.matches(name, stats);
        }
    }

    record Either(Find first, Find second) implements Find {

        @Override
        public boolean matches(String name, TrafficStats stats) {
            return first.matches(name, stats) || second.matches(name, stats);
        }
    }

    /** How a figure stands to its bound. */
    enum Relation {
        ABOVE,
        BELOW,
        AT_LEAST,
        AT_MOST
    }

    /** A figure of the traffic: a share 0..1, nanoseconds or requests a second. Not a number without traffic. */
    enum Figure {
        ERR,
        OK,
        P50,
        P90,
        P99,
        RPS;

        double of(TrafficStats stats) {
            Latency latency = stats.latency();
            return switch (this) {
                case ERR -> 1 - stats.successShare().orElse(Double.NaN);
                case OK -> stats.successShare().orElse(Double.NaN);
                case P50 -> latency == null ? Double.NaN : latency.p50Nanos();
                case P90 -> latency == null ? Double.NaN : latency.p90Nanos();
                case P99 -> latency == null ? Double.NaN : latency.p99Nanos();
                case RPS -> stats.requestsPerSecond();
            };
        }
    }
}
