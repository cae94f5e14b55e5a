package io.signalbox.console.topology.state;

import io.signalbox.console.format.Formats;
import io.signalbox.console.text.Texts;
import io.signalbox.console.topology.graph.BreakerMark;
import io.signalbox.console.topology.graph.GraphEdge;
import io.signalbox.console.topology.graph.GraphModel;
import io.signalbox.console.topology.graph.GraphNode;
import io.signalbox.console.topology.graph.Selection;
import io.signalbox.mesh.model.BreakerCommand;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.EdgeId;
import io.signalbox.mesh.model.status.Security;
import io.signalbox.mesh.model.status.ServiceHealth;
import io.signalbox.mesh.model.status.TrafficStats;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Nodes and edges in words: for screen readers, tags, sentences and the command line. */
public final class GraphWords {

    private final Texts texts;
    private final Formats formats;

    public GraphWords(Texts texts, Formats formats) {
        this.texts = texts;
        this.formats = formats;
    }

    /** What a screen reader says: "checkout to payment, 41 req/s, success 0.0 %, breaker open, next probe in 0:37". */
    public String spoken(Selection thing, GraphModel graph) {
        return switch (thing) {
            case Selection.Nothing nothing ->
                texts.get(
                        "topology.spoken.graph",
                        graph.mesh(),
                        formats.count(graph.nodes().size()),
                        formats.count(graph.edges().size()));
            case Selection.Node node -> {
                GraphNode found = graph.node(node.name());
                yield found == null ? node.name() : spoken(found);
            }
            case Selection.Edge edge -> {
                GraphEdge found = graph.edge(edge.id());
                yield found == null ? title(edge.id()) : spoken(found, graph.at());
            }
        };
    }

    private String spoken(GraphNode node) {
        List<String> parts = new ArrayList<>();
        parts.add(node.name());
        parts.add(health(node.health()));
        parts.add(formats.requestRate(node.stats().requestsPerSecond()));
        node.stats()
                .successShare()
                .ifPresent(share -> parts.add(texts.get("topology.spoken.success", share(node.stats()))));
        if (!node.rows().isEmpty()) {
            parts.add(texts.counted(
                    "topology.spoken.versions", node.rows().size(), node.rows().size()));
        }
        return String.join(", ", parts);
    }

    private String spoken(GraphEdge edge, Instant now) {
        List<String> parts = new ArrayList<>();
        parts.add(
                texts.get("topology.spoken.edge", edge.id().source(), edge.id().destination()));
        parts.add(formats.requestRate(edge.rps()));
        TrafficStats stats = edge.status().stats();
        stats.successShare().ifPresent(share -> parts.add(texts.get("topology.spoken.success", share(stats))));
        BreakerMark mark = edge.breaker();
        if (mark.circuits() > 0) {
            parts.add(texts.get("topology.spoken.breaker", breaker(mark.state()).toLowerCase(Locale.ROOT)));
        }
        Instant probe = mark.nextProbe();
        if (probe != null) {
            parts.add(texts.get("topology.panel.next-probe", formats.countdown(Duration.between(now, probe))));
        }
        edge.refusal().ifPresent(cause -> parts.add(texts.get("topology.refused." + cause.wireName())));
        return String.join(", ", parts);
    }

    public String title(EdgeId edge) {
        return edge.source() + " → " + edge.destination();
    }

    public String share(TrafficStats stats) {
        return formats.share(stats.requests() - stats.failures(), stats.requests());
    }

    public String breaker(BreakerState state) {
        return texts.get("topology.breaker." + state.wireName());
    }

    public String health(ServiceHealth health) {
        return texts.get("topology.health." + health.name().toLowerCase(Locale.ROOT));
    }

    public String security(Security security) {
        return texts.get("topology.security." + security.name().toLowerCase(Locale.ROOT));
    }

    /** The command that does the same from a shell. */
    public static String commandLine(EdgeId edge, BreakerCommand command) {
        return "signalbox breaker " + command.name().toLowerCase(Locale.ROOT) + " '" + edge + "' --reason ''";
    }
}
