package io.signalbox.console.topology.panel;

import io.signalbox.console.format.Formats;
import io.signalbox.console.text.Texts;
import io.signalbox.console.topology.graph.GraphEdge;
import io.signalbox.console.topology.graph.GraphModel;
import io.signalbox.console.topology.graph.GraphNode;
import io.signalbox.console.topology.graph.Selection;
import io.signalbox.console.topology.graph.Trouble;
import io.signalbox.console.topology.paint.NodeLamps;
import io.signalbox.console.topology.state.GraphWords;
import io.signalbox.console.widget.Lamp;
import io.signalbox.console.widget.LampState;
import java.util.List;
import java.util.Locale;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** What does worst in the mesh, five at most; a press selects it. */
final class WorstPanel extends VBox {

    private static final int MOST = 5;

    /** One line of the list. */
    private record Line(Selection where, LampState lamp, String name, String fact) {}

    private final PanelParts parts;
    private final Texts texts;
    private final Formats formats;
    private final GraphWords words;
    private List<Line> shown = List.of();

    WorstPanel(PanelParts parts) {
        this.parts = parts;
        texts = parts.texts();
        formats = parts.formats();
        words = new GraphWords(texts, formats);
        getStyleClass().add("mesh-panel-content");
    }

    void show(GraphModel graph) {
        List<Line> lines = Trouble.worst(graph, MOST).stream()
                .map(trouble -> line(trouble, graph))
                .toList();
        if (lines.equals(shown) && !getChildren().isEmpty()) {
            return;
        }
        shown = lines;
        if (lines.isEmpty()) {
            Label well = new Label(texts.get("topology.worst.none"));
            well.getStyleClass().add("mesh-muted");
            well.setWrapText(true);
            well.setGraphic(new Lamp(LampState.CLOSED));
            getChildren().setAll(well);
            return;
        }
        getChildren().setAll(lines.stream().map(this::row).toList());
    }

    private Line line(Trouble trouble, GraphModel graph) {
        return switch (trouble.where()) {
            case Selection.Edge edge -> {
                GraphEdge found = graph.edge(edge.id());
                yield new Line(
                        edge,
                        trouble.kind() == Trouble.Kind.FAILING ? LampState.OPEN : NodeLamps.of(trouble.breaker()),
                        words.title(edge.id()),
                        found == null ? "" : fact(trouble, found));
            }
            case Selection.Node node -> {
                GraphNode found = graph.node(node.name());
                yield new Line(
                        node,
                        trouble.kind() == Trouble.Kind.FAILING ? LampState.OPEN : LampState.HALF_OPEN,
                        node.name(),
                        found == null ? "" : fact(found));
            }
            case Selection.Nothing nothing -> new Line(nothing, LampState.DISABLED, "", "");
        };
    }

    private String fact(Trouble trouble, GraphEdge edge) {
        String key = "topology.worst."
                + trouble.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
        return texts.get(
                key,
                formats.requestRate(edge.rps()),
                formats.share(
                        edge.status().stats().failures(), edge.status().stats().requests()));
    }

    private String fact(GraphNode node) {
        boolean failing = node.stats().successShare().orElse(1) < 0.99;
        return failing
                ? texts.get(
                        "topology.worst.service",
                        words.share(node.stats()),
                        formats.requestRate(node.stats().requestsPerSecond()))
                : texts.get("topology.worst.instance");
    }

    private HBox row(Line line) {
        Label name = new Label(line.name());
        name.getStyleClass().addAll("mesh-service-name", "mesh-h3");
        Label fact = new Label(line.fact());
        fact.getStyleClass().addAll("mesh-small", "mesh-muted");
        fact.setWrapText(true);
        VBox text = new VBox(name, fact);
        HBox.setHgrow(text, Priority.ALWAYS);
        HBox row = new HBox(new Lamp(line.lamp()), text);
        row.getStyleClass().addAll("mesh-worst", "mesh-focusable");
        row.setFocusTraversable(true);
        row.setAccessibleRole(AccessibleRole.BUTTON);
        row.setAccessibleText(line.name() + ", " + line.fact());
        row.addEventHandler(MouseEvent.MOUSE_CLICKED, event -> select(line));
        row.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ENTER || event.getCode() == KeyCode.SPACE) {
                select(line);
                event.consume();
            }
        });
        return row;
    }

    private void select(Line line) {
        parts.viewModel().selectionProperty().set(line.where());
    }
}
