package io.signalbox.console.topology.paint;

import io.signalbox.console.format.Formats;
import io.signalbox.console.text.Texts;
import io.signalbox.console.theme.Palette;
import io.signalbox.console.theme.Token;
import io.signalbox.console.topology.graph.FindParser;
import io.signalbox.console.topology.graph.Found;
import io.signalbox.console.topology.graph.GraphEdge;
import io.signalbox.console.topology.graph.GraphModel;
import io.signalbox.console.topology.graph.Selection;
import io.signalbox.console.topology.layout.ElkLayout;
import io.signalbox.console.topology.layout.GraphLayout;
import io.signalbox.console.topology.layout.Route;
import io.signalbox.console.topology.layout.Routes;
import io.signalbox.mesh.model.EdgeId;
import io.signalbox.mesh.model.status.MeshSnapshot;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import javafx.scene.canvas.Canvas;
import javafx.scene.paint.Color;

/** One snapshot laid out, with its routes. */
record Staged(GraphModel model, GraphLayout layout, Map<EdgeId, Route> routes) {

    static Staged of(MeshSnapshot snapshot) {
        GraphModel model = GraphModel.of(snapshot);
        GraphLayout layout = new ElkLayout().layout(model.shape(), GraphLayout.EMPTY);
        return new Staged(model, layout, Routes.of(model.shape(), layout));
    }

    GraphEdge edge(String id) {
        return Objects.requireNonNull(model.edge(EdgeId.parse(id)));
    }

    Route route(String id) {
        return Objects.requireNonNull(routes.get(EdgeId.parse(id)));
    }

    GraphScene scene(Selection selection, String find, GraphScene.FindMode mode, GraphScene.Extra... show) {
        return new GraphScene(
                model,
                layout,
                routes,
                selection,
                Selection.nothing(),
                Selection.nothing(),
                Found.in(model, FindParser.parse(find)),
                mode,
                Set.of(show),
                GraphScene.Freshness.LIVE);
    }

    /** Ink for a canvas that shows the whole graph. */
    static Ink ink(double zoom) {
        Map<Token, Color> colors =
                Arrays.stream(Token.values()).collect(Collectors.toMap(Function.identity(), token -> Color.GRAY));
        return new Ink(
                new Canvas(100, 100).getGraphicsContext2D(),
                new Palette(colors),
                new Viewport(zoom, 1, 0, 0, 4_000, 4_000),
                Texts.of(Locale.ENGLISH),
                Formats.of(Locale.ENGLISH, ZoneOffset.UTC));
    }
}
