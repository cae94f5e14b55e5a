package io.signalbox.console.topology.view;

import io.signalbox.console.topology.graph.GraphEdge;
import io.signalbox.console.topology.graph.GraphNode;
import io.signalbox.console.topology.graph.Selection;
import io.signalbox.console.topology.paint.NodeLamps;
import io.signalbox.console.widget.LampState;
import io.signalbox.mesh.model.status.Latency;
import io.signalbox.mesh.model.status.Security;
import io.signalbox.mesh.model.status.TrafficStats;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** One node or edge as a row of the table; its figures change in place. */
final class TwinRow {

    /** What a row shows, raw. */
    record Figures(LampState lamp, Kind kind, TrafficStats stats, Security security) {

        @Nullable
        Double rate() {
            return stats.requestsPerSecond();
        }

        @Nullable
        Double success() {
            return stats.successShare().isPresent() ? stats.successShare().getAsDouble() : null;
        }

        @Nullable
        Long p50() {
            Latency latency = stats.latency();
            return latency == null ? null : latency.p50Nanos();
        }

        @Nullable
        Long p99() {
            Latency latency = stats.latency();
            return latency == null ? null : latency.p99Nanos();
        }
    }

    enum Kind {
        SERVICE,
        CALL
    }

    private final Selection key;
    private final String name;
    private final ReadOnlyObjectWrapper<Figures> figures;

    private TwinRow(Selection key, String name, Figures initial) {
        this.key = key;
        this.name = name;
        figures = new ReadOnlyObjectWrapper<>(this, "figures", initial);
    }

    static TwinRow of(GraphNode node) {
        return new TwinRow(new Selection.Node(node.name()), node.name(), figures(node));
    }

    static TwinRow of(GraphEdge edge) {
        return new TwinRow(
                new Selection.Edge(edge.id()),
                edge.id().source() + " → " + edge.id().destination(),
                figures(edge));
    }

    void update(GraphNode node) {
        set(figures(node));
    }

    void update(GraphEdge edge) {
        set(figures(edge));
    }

    private void set(Figures now) {
        if (!now.equals(figures.get())) {
            figures.set(now);
        }
    }

    private static Figures figures(GraphNode node) {
        return new Figures(NodeLamps.of(node.health()), Kind.SERVICE, node.stats(), node.security());
    }

    private static Figures figures(GraphEdge edge) {
        LampState lamp = NodeLamps.of(edge.breaker().state());
        return new Figures(lamp, Kind.CALL, edge.status().stats(), edge.status().security());
    }

    Selection key() {
        return key;
    }

    String name() {
        return name;
    }

    ReadOnlyObjectProperty<Figures> figuresProperty() {
        return figures.getReadOnlyProperty();
    }

    Figures figures() {
        return figures.get();
    }
}
