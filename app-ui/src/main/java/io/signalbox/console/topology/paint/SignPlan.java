package io.signalbox.console.topology.paint;

import io.signalbox.console.theme.Face;
import io.signalbox.console.topology.graph.GraphEdge;
import io.signalbox.console.topology.layout.Box;
import io.signalbox.console.topology.layout.Cubic;
import io.signalbox.console.topology.layout.Route;
import io.signalbox.console.topology.layout.Track;
import io.signalbox.mesh.model.BreakerState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.scene.text.Font;

/** Decides which signs a scene needs and where each can stand without touching a card, a line or another sign. */
final class SignPlan {

    static final double PILL_HEIGHT = 22;
    static final double LAMP = 11;
    private static final double TEXT_HEIGHT = 13;

    private final Ink ink;
    private final GraphScene scene;
    private final LabelPlacer placer;
    private final List<Sign> signs = new ArrayList<>();

    private SignPlan(Ink ink, GraphScene scene) {
        this.ink = ink;
        this.scene = scene;
        Box visible = ink.viewport.visible();
        Collection<Box> cards = scene.layout().boxes().values().stream()
                .filter(visible::intersects)
                .toList();
        Collection<Route> lines = scene.routes().values().stream()
                .filter(route -> route.bounds().intersects(visible))
                .toList();
        placer = new LabelPlacer(cards, lines);
    }

    /** The signs of a scene, most important first. */
    static List<Sign> of(Ink ink, GraphScene scene) {
        SignPlan plan = new SignPlan(ink, scene);
        if (ink.viewport.detail().cards()) {
            Box visible = ink.viewport.visible();
            List<GraphEdge> seen = scene.model().edges().stream()
                    .filter(edge -> {
                        Route route = scene.routes().get(edge.id());
                        return route != null && route.bounds().intersects(visible);
                    })
                    .toList();
            seen.stream()
                    .sorted(Comparator.comparingInt(
                            edge -> urgency(edge.breaker().state())))
                    .forEach(plan::breaker);
            if (scene.shows(GraphScene.Extra.LABELS)) {
                seen.forEach(plan::shares);
                seen.forEach(plan::refusal);
            }
            Stream.of(scene.hover(), scene.selection())
                    .distinct()
                    .forEach(target -> seen.stream()
                            .filter(edge -> target.isEdge(edge.id()))
                            .forEach(plan::figures));
        }
        return plan.signs;
    }

    private Route route(GraphEdge edge) {
        return Objects.requireNonNull(scene.routes().get(edge.id()));
    }

    private double opacity(GraphEdge edge) {
        return scene.faded(edge.id()) ? GraphScene.FADED : 1;
    }

    private void breaker(GraphEdge edge) {
        switch (edge.breaker().state()) {
            case OPEN, HALF_OPEN -> pill(edge);
            case FORCED_OPEN ->
                light(
                        edge,
                        LabelPlacer.around(
                                middleX(edge), middleY(edge), unit(LAMP + 2), unit(LAMP + 2), LabelPlacer.Reach.NEAR));
            case CLOSED, DISABLED -> {
                if (scene.shows(GraphScene.Extra.CLOSED_BREAKERS)
                        && edge.breaker().circuits() > 0) {
                    signs.add(new Sign.Light(centered(edge, unit(LAMP)), edge));
                }
            }
        }
    }

    private void pill(GraphEdge edge) {
        double width = unit(PillPainter.width(ink, edge));
        double height = unit(PILL_HEIGHT);
        Track trunk = route(edge).trunk();
        List<Box> on = Stream.of(0.5, 0.42, 0.58, 0.34, 0.66)
                .map(part -> new Box(
                        trunk.x(trunk.length() * part) - width / 2,
                        trunk.y(trunk.length() * part) - height / 2,
                        width,
                        height))
                .toList();
        placer.place(LabelPlacer.around(middleX(edge), middleY(edge), width, height, LabelPlacer.Reach.FAR))
                .or(() -> EdgePainter.severed(edge) ? Optional.empty() : placer.placeOn(route(edge), on))
                .ifPresentOrElse(place -> signs.add(new Sign.Pill(place, edge, opacity(edge))), () -> {
                    if (!EdgePainter.severed(edge)) {
                        signs.add(new Sign.Light(centered(edge, unit(LAMP)), edge));
                    }
                });
    }

    /** Whose sign gets the better place. */
    private static int urgency(BreakerState state) {
        return switch (state) {
            case OPEN -> 0;
            case FORCED_OPEN -> 1;
            case HALF_OPEN -> 2;
            case CLOSED, DISABLED -> 3;
        };
    }

    private void light(GraphEdge edge, List<Box> places) {
        Box place = placer.place(places).orElseGet(() -> centered(edge, unit(LAMP)));
        signs.add(new Sign.Light(place, edge));
    }

    private void shares(GraphEdge edge) {
        Route route = route(edge);
        Font font = ink.font(Face.MONO_MEDIUM, 11);
        for (int i = 0; i < route.legs().size() && i < edge.legs().size(); i++) {
            GraphEdge.Leg leg = edge.legs().get(i);
            String text = ink.formats.percent(leg.asked());
            Cubic last = route.legs().get(i).curves().getLast();
            double width = unit(ink.width(text, font));
            double height = unit(TEXT_HEIGHT);
            double left = last.x3() - 9 - width;
            Box above = new Box(left, last.y3() - 5 - height, width, height);
            Box below = new Box(left, last.y3() + 5, width, height);
            Box beside = new Box(last.x0() - 8 - width, last.y0() - height - 4, width, height);
            boolean lowest = i == route.legs().size() - 1;
            List<Box> places = lowest ? List.of(below, above, beside) : List.of(above, below, beside);
            placer.place(places)
                    .ifPresent(
                            place -> signs.add(new Sign.Words(place, text, Sign.Tone.of(leg.part()), opacity(edge))));
        }
    }

    private void refusal(GraphEdge edge) {
        edge.refusal().ifPresent(cause -> {
            String text = ink.texts.get("topology.refused." + cause.wireName());
            words(edge, text, ink.font(Face.SANS, 11.5), Sign.Tone.REFUSAL);
        });
    }

    private void figures(GraphEdge edge) {
        String text = ink.formats.requestRate(edge.rps()) + ", "
                + ink.formats.share(
                        edge.status().stats().failures(), edge.status().stats().requests());
        words(edge, ink.texts.get("topology.edge.figures", text), ink.font(Face.MONO, 11), Sign.Tone.FIGURES);
    }

    private void words(GraphEdge edge, String text, Font font, Sign.Tone tone) {
        double width = unit(ink.width(text, font) + 8);
        double height = unit(TEXT_HEIGHT + 4);
        List<Box> places = new ArrayList<>();
        Track trunk = route(edge).trunk();
        for (double part : new double[] {0.5, 0.4, 0.6, 0.3, 0.7}) {
            places.addAll(LabelPlacer.around(
                    trunk.x(trunk.length() * part),
                    trunk.y(trunk.length() * part),
                    width,
                    height,
                    LabelPlacer.Reach.NEAR));
        }
        placer.place(places).ifPresent(place -> signs.add(new Sign.Words(place, text, tone, opacity(edge))));
    }

    private double middleX(GraphEdge edge) {
        Track trunk = route(edge).trunk();
        return trunk.x(trunk.length() / 2);
    }

    private double middleY(GraphEdge edge) {
        Track trunk = route(edge).trunk();
        return trunk.y(trunk.length() / 2);
    }

    private Box centered(GraphEdge edge, double size) {
        return new Box(middleX(edge) - size / 2, middleY(edge) - size / 2, size, size);
    }

    /** Graph units of a length that is the same on screen at every zoom. */
    private double unit(double pixels) {
        return pixels / ink.viewport.scale();
    }
}
