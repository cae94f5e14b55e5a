package io.signalbox.console.topology.paint;

import io.signalbox.console.format.Formats;
import io.signalbox.console.text.Texts;
import io.signalbox.console.theme.Palette;
import io.signalbox.console.theme.Token;
import io.signalbox.console.topology.graph.GraphEdge;
import io.signalbox.console.topology.graph.VersionRow;
import io.signalbox.console.topology.layout.Box;
import io.signalbox.console.topology.layout.Route;
import io.signalbox.console.topology.layout.Track;
import java.time.Instant;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.shape.StrokeLineCap;

/** Paints what moves: dots, crosses, lifted blades and countdowns. */
public final class MovingPainter {

    private static final double DOT = 2;
    private static final double CROSS = 6.4;
    private static final double CROSS_LINE = 1.6;
    private static final double PIVOT = 3.2;
    private static final double LIFT_DEGREES = 50;

    private final Texts texts;
    private final Formats formats;

    public MovingPainter(Texts texts, Formats formats) {
        this.texts = texts;
        this.formats = formats;
    }

    /**
     * Paints over an empty canvas.
     *
     * @param now for countdowns
     */
    public void paint(
            GraphicsContext g,
            Palette palette,
            Viewport viewport,
            GraphScene scene,
            TrafficDots dots,
            Signs signs,
            Instant now) {
        Palette colors = scene.stale() ? Grey.of(palette) : palette;
        Ink ink = new Ink(g, colors, viewport, texts, formats);
        if (viewport.detail().dots() && !scene.stale()) {
            dots(ink, scene, dots);
        }
        if (viewport.detail() != Detail.LAMPS) {
            blades(ink, scene);
        }
        for (Sign sign : signs.all()) {
            if (sign instanceof Sign.Pill pill) {
                PillPainter.paint(ink, pill, now);
            }
        }
    }

    private static void dots(Ink ink, GraphScene scene, TrafficDots dots) {
        Box visible = ink.viewport.visible();
        double radius = Math.max(1, DOT * Math.min(1.5, ink.viewport.scale()));
        for (EdgeDots edge : dots.edges()) {
            if (edge.count() == 0 || !edge.route().bounds().intersects(visible)) {
                continue;
            }
            ink.g.setGlobalAlpha(scene.faded(edge.edge().id()) ? GraphScene.FADED : 1);
            ink.fill(Token.TRACK_DOT);
            boolean crosses = false;
            for (int i = 0; i < edge.count(); i++) {
                if (edge.cross(i)) {
                    crosses = true;
                } else if (candidate(edge, i)) {
                    ink.fill(Token.V2);
                    dot(ink, edge, i, radius);
                    ink.fill(Token.TRACK_DOT);
                } else {
                    dot(ink, edge, i, radius);
                }
            }
            if (crosses) {
                crosses(ink, edge);
            }
        }
        ink.g.setGlobalAlpha(1);
    }

    private static boolean candidate(EdgeDots edge, int dot) {
        int leg = edge.legBehindTurnout(dot);
        return leg >= 0
                && leg < edge.edge().legs().size()
                && edge.edge().legs().get(leg).part() == VersionRow.Part.CANDIDATE;
    }

    private static void dot(Ink ink, EdgeDots edge, int dot, double radius) {
        ink.g.fillOval(
                ink.viewport.x(edge.x(dot)) - radius, ink.viewport.y(edge.y(dot)) - radius, radius * 2, radius * 2);
    }

    private static void crosses(Ink ink, EdgeDots edge) {
        double scale = Math.min(1.25, Math.max(0.7, ink.viewport.scale()));
        ink.stroke(Token.LAMP_DANGER, CROSS_LINE * scale);
        ink.g.setLineCap(StrokeLineCap.ROUND);
        for (int i = 0; i < edge.count(); i++) {
            if (edge.cross(i)) {
                ink.cross(ink.viewport.x(edge.x(i)), ink.viewport.y(edge.y(i)), CROSS * scale - 1);
            }
        }
    }

    private static void blades(Ink ink, GraphScene scene) {
        Box visible = ink.viewport.visible();
        for (GraphEdge edge : scene.model().edges()) {
            Route route = scene.routes().get(edge.id());
            if (route != null && EdgePainter.severed(edge) && route.bounds().intersects(visible)) {
                ink.g.setGlobalAlpha(scene.faded(edge.id()) ? GraphScene.FADED : 1);
                blade(ink, route);
            }
        }
        ink.g.setGlobalAlpha(1);
    }

    /** The blade hangs on the first pivot, as long as the gap and 50° above the line. */
    private static void blade(Ink ink, Route route) {
        Track trunk = route.trunk();
        double x0 = ink.viewport.x(trunk.x(route.gapStart()));
        double y0 = ink.viewport.y(trunk.y(route.gapStart()));
        double x1 = ink.viewport.x(trunk.x(route.gapEnd()));
        double y1 = ink.viewport.y(trunk.y(route.gapEnd()));
        double r = ink.px(PIVOT);
        double length = Math.hypot(x1 - x0, y1 - y0) + r;
        double along = Math.atan2(y1 - y0, x1 - x0);
        double angle = along + Math.copySign(Math.toRadians(LIFT_DEGREES), -Math.cos(along));
        ink.stroke(Token.LAMP_DANGER, Math.max(1.5, ink.px(2)));
        ink.g.setLineCap(StrokeLineCap.ROUND);
        ink.g.strokeLine(
                x0 + Math.cos(angle) * r,
                y0 + Math.sin(angle) * r,
                x0 + Math.cos(angle) * length,
                y0 + Math.sin(angle) * length);
        pivot(ink, x0, y0, r, Token.LAMP_DANGER);
        pivot(ink, x1, y1, r, Token.TRACK_LIT);
    }

    private static void pivot(Ink ink, double x, double y, double r, Token color) {
        ink.fill(Token.BG_INSET);
        ink.g.fillOval(x - r, y - r, 2 * r, 2 * r);
        ink.stroke(color, 1.5);
        ink.g.strokeOval(x - r, y - r, 2 * r, 2 * r);
    }
}
