package io.signalbox.console.topology.paint;

import io.signalbox.console.topology.graph.Found;
import io.signalbox.console.topology.graph.GraphModel;
import io.signalbox.console.topology.graph.Selection;
import io.signalbox.console.topology.layout.GraphLayout;
import io.signalbox.console.topology.layout.Route;
import io.signalbox.mesh.model.EdgeId;
import java.util.Map;
import java.util.Set;

/**
 * Everything that a picture of the graph shows.
 *
 * @param hover what lies under the pointer
 * @param focus where the keyboard is
 * @param show what is drawn besides the usual
 */
public record GraphScene(
        GraphModel model,
        GraphLayout layout,
        Map<EdgeId, Route> routes,
        Selection selection,
        Selection hover,
        Selection focus,
        Found found,
        FindMode findMode,
        Set<Extra> show,
        Freshness freshness) {

    /** Opacity of what is hidden by a question. */
    static final double FADED = 0.15;

    /** Opacity of a card without traffic. */
    static final double ASLEEP = 0.6;

    public GraphScene {
        show = Set.copyOf(show);
    }

    /** Whether what a question did not find stays as it is or fades. */
    public enum FindMode {
        FIND,
        HIDE_OTHERS
    }

    /** What can be switched on and off. */
    public enum Extra {
        CLOSED_BREAKERS,
        LABELS,
        IDLE_EDGES
    }

    /** Whether the figures are those of now. */
    public enum Freshness {
        LIVE,
        STALE
    }

    boolean shows(Extra extra) {
        return show.contains(extra);
    }

    boolean stale() {
        return freshness == Freshness.STALE;
    }

    private boolean hiding() {
        return found.active() && findMode == FindMode.HIDE_OTHERS;
    }

    public boolean faded(String node) {
        return hiding() && !found.has(node);
    }

    public boolean faded(EdgeId edge) {
        return hiding() && !found.touches(edge);
    }

    /** Whether a thing takes clicks. */
    public boolean clickable(Selection thing) {
        return switch (thing) {
            case Selection.Node node -> !faded(node.name());
            case Selection.Edge edge -> !faded(edge.id());
            case Selection.Nothing nothing -> false;
        };
    }
}
