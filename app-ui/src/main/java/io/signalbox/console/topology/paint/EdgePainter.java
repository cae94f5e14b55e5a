package io.signalbox.console.topology.paint;

import io.signalbox.console.theme.Token;
import io.signalbox.console.topology.graph.GraphEdge;
import io.signalbox.console.topology.graph.VersionRow;
import io.signalbox.console.topology.layout.Box;
import io.signalbox.console.topology.layout.Cubic;
import io.signalbox.console.topology.layout.Route;
import io.signalbox.console.topology.layout.Track;
import io.signalbox.mesh.model.BreakerState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.scene.paint.Color;
import javafx.scene.shape.StrokeLineCap;
import javafx.scene.shape.StrokeLineJoin;

/** Draws the lines of a scene: tracks, turnouts, arrows, the halo of the selected one, and lines that are cut. */
final class EdgePainter {

    private static final double ARROW_LENGTH = 7;
    private static final double ARROW_HALF = 3;
    private static final double RING = 3.5;
    private static final double HALO = 14;

    private final Ink ink;
    private final GraphScene scene;
    private final Detail detail;

    /**
     * Lines painted in one stroke. Those of one gap between columns stand close together: the renderer visits every
     * pixel between the outermost lines of a stroke.
     */
    private record Batch(EdgeLook look, int column) {}

    /** A piece of a line, and what it ends at. */
    private record Line(Track track, End end) {}

    private enum End {
        CARD,
        TURNOUT
    }

    EdgePainter(Ink ink, GraphScene scene) {
        this.ink = ink;
        this.scene = scene;
        detail = ink.viewport.detail();
    }

    void paintAll() {
        Map<Batch, List<Line>> strokes = new LinkedHashMap<>();
        List<GraphEdge> cut = new ArrayList<>();
        List<GraphEdge> turnouts = new ArrayList<>();
        Box visible = ink.viewport.visible();
        for (GraphEdge edge : scene.model().edges()) {
            Route route = scene.routes().get(edge.id());
            if (route == null || !route.bounds().intersects(visible) || hidden(edge)) {
                continue;
            }
            if (scene.selection().isEdge(edge.id())) {
                halo(route);
            }
            if (severed(edge) || edge.refusal().isPresent()) {
                cut.add(edge);
            } else {
                collect(strokes, edge, route);
                if (route.split()) {
                    turnouts.add(edge);
                }
            }
        }
        strokes.forEach(this::stroke);
        for (GraphEdge edge : cut) {
            Route route = scene.routes().get(edge.id());
            if (route != null) {
                cut(edge, route);
            }
        }
        turnouts.forEach(this::ring);
        ink.g.setGlobalAlpha(1);
    }

    private boolean hidden(GraphEdge edge) {
        return edge.idle()
                && !scene.shows(GraphScene.Extra.IDLE_EDGES)
                && !edge.breaker().state().refuses();
    }

    /** Whether the line is drawn with a gap: no call passes, and callers still try. */
    static boolean severed(GraphEdge edge) {
        return edge.breaker().severed() && edge.breaker().state() == BreakerState.OPEN;
    }

    private void collect(Map<Batch, List<Line>> strokes, GraphEdge edge, Route route) {
        EdgeLook look = EdgeLook.of(edge, scene, ink.viewport);
        int column = scene.layout().column().getOrDefault(edge.id().source(), 0);
        strokes.computeIfAbsent(new Batch(look, column), same -> new ArrayList<>())
                .add(new Line(route.trunk(), route.split() ? End.TURNOUT : End.CARD));
        for (int i = 0; i < route.legs().size() && i < edge.legs().size(); i++) {
            boolean candidate = edge.legs().get(i).part() == VersionRow.Part.CANDIDATE;
            EdgeLook legLook = candidate && !scene.stale() ? look.inColor(Token.V2) : look;
            strokes.computeIfAbsent(new Batch(legLook, column), same -> new ArrayList<>())
                    .add(new Line(route.legs().get(i), End.CARD));
        }
    }

    private void stroke(Batch batch, List<Line> lines) {
        EdgeLook look = batch.look();
        ink.g.setGlobalAlpha(look.opacity());
        ink.stroke(look.color(), look.width());
        ink.g.setLineJoin(StrokeLineJoin.ROUND);
        if (look.dash() == EdgeLook.Dash.DASHED) {
            ink.g.setLineDashes(2, 4);
        }
        ink.g.beginPath();
        lines.forEach(line -> path(line.track()));
        ink.g.stroke();
        ink.g.setLineDashes();
        if (detail != Detail.LAMPS) {
            ink.fill(look.color());
            ink.g.beginPath();
            for (Line line : lines) {
                if (line.end() == End.CARD) {
                    arrow(line.track());
                }
            }
            ink.g.fill();
        }
    }

    private void path(Track track) {
        boolean first = true;
        for (Cubic curve : track.curves()) {
            if (first) {
                ink.g.moveTo(ink.viewport.x(curve.x0()), ink.viewport.y(curve.y0()));
                first = false;
            }
            ink.g.bezierCurveTo(
                    ink.viewport.x(curve.x1()),
                    ink.viewport.y(curve.y1()),
                    ink.viewport.x(curve.x2()),
                    ink.viewport.y(curve.y2()),
                    ink.viewport.x(curve.x3()),
                    ink.viewport.y(curve.y3()));
        }
    }

    /** Adds the arrow at a track's end to the path. */
    private void arrow(Track track) {
        Cubic last = track.curves().getLast();
        double endX = ink.viewport.x(last.x3());
        double endY = ink.viewport.y(last.y3());
        double back = Math.copySign(ink.px(ARROW_LENGTH), last.x3() - last.x2());
        double half = Math.max(2, ink.px(ARROW_HALF));
        ink.g.moveTo(endX, endY);
        ink.g.lineTo(endX - back, endY - half);
        ink.g.lineTo(endX - back, endY + half);
        ink.g.closePath();
    }

    private void halo(Route route) {
        ink.stroke(ink.palette.get(Token.ACCENT, 0.2), HALO * Math.min(1, ink.viewport.scale()));
        ink.g.setLineJoin(StrokeLineJoin.ROUND);
        ink.g.beginPath();
        path(route.trunk());
        route.legs().forEach(this::path);
        ink.g.stroke();
    }

    private void ring(GraphEdge edge) {
        Route route = scene.routes().get(edge.id());
        if (route == null || !detail.cards()) {
            return;
        }
        Cubic last = route.trunk().curves().getLast();
        double r = ink.px(RING);
        double x = ink.viewport.x(last.x3());
        double y = ink.viewport.y(last.y3());
        ink.g.setGlobalAlpha(scene.faded(edge.id()) ? GraphScene.FADED : 1);
        ink.fill(Token.BG_INSET);
        ink.g.fillOval(x - r, y - r, 2 * r, 2 * r);
        ink.stroke(Token.TRACK_LIT, 1.5);
        ink.g.strokeOval(x - r, y - r, 2 * r, 2 * r);
    }

    private void cut(GraphEdge edge, Route route) {
        ink.g.setGlobalAlpha(scene.faded(edge.id()) ? GraphScene.FADED : 1);
        EdgeLook look = EdgeLook.of(edge, scene, ink.viewport);
        Color danger = ink.palette.get(Token.LAMP_DANGER);
        if (edge.refusal().isPresent()) {
            refused(route, danger);
            return;
        }
        ink.stroke(danger, Math.max(1.5, look.width()));
        partOf(route.trunk(), 0, route.gapStart());
        ink.stroke(Token.TRACK_LIT, 1);
        ink.g.setLineDashes(2, 4);
        partOf(route.trunk(), route.gapEnd(), route.trunk().length());
        for (Track leg : route.legs()) {
            partOf(leg, 0, leg.length());
        }
        ink.g.setLineDashes();
        if (detail != Detail.LAMPS) {
            ink.fill(Token.TRACK_LIT);
            ink.g.beginPath();
            arrow(route.split() ? route.legs().getFirst() : route.trunk());
            ink.g.fill();
        }
    }

    /** A dashed line that ends in a crossed circle before the card. */
    private void refused(Route route, Color danger) {
        double r = 7;
        double end = route.trunk().length() - (r + 5) / ink.viewport.scale();
        ink.stroke(danger, 1.25);
        ink.g.setLineDashes(4, 4);
        partOf(route.trunk(), 0, end - r / ink.viewport.scale());
        ink.g.setLineDashes();
        double x = ink.viewport.x(route.trunk().x(end));
        double y = ink.viewport.y(route.trunk().y(end));
        ink.stroke(danger, 1.5);
        ink.g.strokeOval(x - r, y - r, 2 * r, 2 * r);
        ink.g.setLineCap(StrokeLineCap.ROUND);
        ink.cross(x, y, 6.4);
    }

    private void partOf(Track track, double from, double to) {
        double step = 4;
        ink.g.beginPath();
        ink.g.moveTo(ink.viewport.x(track.x(from)), ink.viewport.y(track.y(from)));
        for (double at = from + step; at < to; at += step) {
            ink.g.lineTo(ink.viewport.x(track.x(at)), ink.viewport.y(track.y(at)));
        }
        ink.g.lineTo(ink.viewport.x(track.x(to)), ink.viewport.y(track.y(to)));
        ink.g.stroke();
    }
}
