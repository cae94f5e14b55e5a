package io.signalbox.console.topology.paint;

import io.signalbox.console.theme.Token;
import io.signalbox.console.topology.graph.GraphEdge;
import io.signalbox.mesh.model.BreakerState;

/**
 * How the line of an edge is drawn; edges that look alike are drawn in one stroke.
 *
 * @param width in pixels; in few steps, so that many edges look alike
 */
public record EdgeLook(Token color, double width, Dash dash, double opacity) {

    /** Whether a line is whole. */
    public enum Dash {
        SOLID,
        DASHED
    }

    private static final double WIDEST = 4;

    /** Pixels at 100 %: wider with traffic, slowly. */
    static double width(double requestsPerSecond) {
        return Math.min(WIDEST, 1 + 0.9 * Math.log10(1 + requestsPerSecond));
    }

    static EdgeLook of(GraphEdge edge, GraphScene scene, Viewport viewport) {
        double opacity = scene.faded(edge.id()) ? GraphScene.FADED : 1;
        boolean lit = scene.hover().isEdge(edge.id()) || scene.focus().isEdge(edge.id());
        Token color = lit ? Token.TRACK_LIT : Token.TRACK;
        if (viewport.detail() == Detail.LAMPS && edge.erring()) {
            color = Token.LAMP_DANGER;
        }
        boolean dashed = edge.idle()
                || scene.stale()
                || edge.status().breaker() == BreakerState.DISABLED
                || edge.status().breaker() == BreakerState.FORCED_OPEN;
        double scale = Math.min(1.25, viewport.scale());
        double wide = edge.idle() ? 1 : Math.max(1, width(edge.rps()) * scale);
        return new EdgeLook(color, Math.round(wide * 2) / 2.0, dashed ? Dash.DASHED : Dash.SOLID, opacity);
    }

    EdgeLook inColor(Token other) {
        return new EdgeLook(other, width, dash, opacity);
    }
}
