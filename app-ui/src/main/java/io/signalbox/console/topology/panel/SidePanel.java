package io.signalbox.console.topology.panel;

import io.signalbox.console.text.Texts;
import io.signalbox.console.theme.Preferences;
import io.signalbox.console.topology.graph.GraphEdge;
import io.signalbox.console.topology.graph.GraphModel;
import io.signalbox.console.topology.graph.GraphNode;
import io.signalbox.console.topology.graph.Selection;
import io.signalbox.console.topology.state.GraphWords;
import io.signalbox.console.topology.state.TopologyViewModel;
import io.signalbox.console.widget.MeshButton;
import io.signalbox.mesh.client.MeshConnection.PolicyText;
import io.signalbox.mesh.event.MeshEvent;
import io.signalbox.mesh.event.RecordedEvent;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Cursor;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.util.Subscription;

/** Beside the graph: the selected edge or service, or the worst of the mesh; its left edge can be dragged. */
public final class SidePanel extends BorderPane {

    private static final String WIDTH = "topology.panel";
    private static final double USUAL = 312;
    private static final double LEAST = 280;
    private static final double MOST = 480;

    private final PanelParts parts;
    private final TopologyViewModel viewModel;
    private final Texts texts;
    private final Preferences preferences;
    private final GraphWords words;
    private final Label title = new Label();
    private final MeshButton close;
    private final ScrollPane scroll = new ScrollPane();
    private final BorderPane body = new BorderPane();
    private final EdgePanel edgePanel;
    private final ServicePanel servicePanel;
    private final WorstPanel worstPanel;
    private double width = USUAL;

    public SidePanel(PanelParts parts, Preferences preferences) {
        this.parts = parts;
        this.preferences = preferences;
        viewModel = parts.viewModel();
        texts = parts.texts();
        words = new GraphWords(texts, parts.formats());
        edgePanel = new EdgePanel(parts);
        servicePanel = new ServicePanel(parts);
        worstPanel = new WorstPanel(parts);
        close = MeshButton.iconOnly(MeshButton.Kind.QUIET, "fth-x", texts.get("topology.panel.close"))
                .onPress(() -> viewModel.selectionProperty().set(Selection.nothing()));
        title.getStyleClass().addAll("mesh-h2", "mesh-panel-title");
        title.setMinWidth(0);
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox head = new HBox(title, space, close);
        head.setAlignment(Pos.CENTER_LEFT);
        head.getStyleClass().add("mesh-panel-head");
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        getStyleClass().add("mesh-side-panel");
        body.setCenter(scroll);
        body.setTop(head);
        setCenter(body);
        setLeft(grip());
        setWidthTo(preferences.get(WIDTH).map(SidePanel::number).orElse(USUAL));
        addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE
                    && !(viewModel.selectionProperty().get() instanceof Selection.Nothing)) {
                viewModel.selectionProperty().set(Selection.nothing());
                event.consume();
            }
        });
    }

    /** Follows the view model until the answer is closed. */
    public Subscription follow() {
        return Subscription.combine(
                viewModel.graphProperty().subscribe(graph -> show()),
                viewModel.selectionProperty().subscribe(selected -> turnTo(selected)),
                parts.policies().policyProperty().subscribe(this::showPolicy),
                parts.events().eventsProperty().subscribe(this::eventsChanged));
    }

    private Region grip() {
        Region grip = new Region();
        grip.getStyleClass().add("mesh-panel-grip");
        grip.setCursor(Cursor.H_RESIZE);
        grip.addEventHandler(MouseEvent.MOUSE_DRAGGED, event -> {
            double right = localToScene(getWidth(), 0).getX();
            setWidthTo(right - event.getSceneX());
            event.consume();
        });
        grip.addEventHandler(
                MouseEvent.MOUSE_RELEASED, event -> preferences.put(WIDTH, Long.toString(Math.round(width))));
        return grip;
    }

    private void setWidthTo(double wanted) {
        width = Math.clamp(wanted, LEAST, MOST);
        setMinWidth(width);
        setPrefWidth(width);
        setMaxWidth(width);
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException notANumber) {
            return USUAL;
        }
    }

    private void turnTo(Selection selected) {
        parts.policies()
                .want(
                        switch (selected) {
                            case Selection.Nothing _ -> "";
                            case Selection.Edge edge -> edge.id().destination();
                            case Selection.Node node -> node.name();
                        });
        show();
    }

    private void showPolicy(Optional<PolicyText> policy) {
        edgePanel.showPolicy(policy);
        servicePanel.showPolicy(policy);
        show();
    }

    private void eventsChanged(List<RecordedEvent> events) {
        if (!events.isEmpty()) {
            MeshEvent newest = events.getLast().event();
            if (newest instanceof MeshEvent.PolicyChanged || newest instanceof MeshEvent.WeightChanged) {
                parts.policies().refresh();
            }
        }
    }

    private void show() {
        Optional<GraphModel> graph = viewModel.graphProperty().get();
        if (graph.isEmpty()) {
            return;
        }
        Selection selected = viewModel.selectionProperty().get();
        close.setVisible(!(selected instanceof Selection.Nothing));
        switch (selected) {
            case Selection.Nothing nothing -> {
                worstPanel.show(graph.get());
                content(texts.get("topology.worst.title"), worstPanel);
            }
            case Selection.Edge edge -> {
                GraphEdge found = graph.get().edge(edge.id());
                if (found != null) {
                    edgePanel.show(found, graph.get());
                    content(words.title(edge.id()), edgePanel);
                }
            }
            case Selection.Node node -> {
                GraphNode found = graph.get().node(node.name());
                if (found != null) {
                    servicePanel.show(found, graph.get());
                    content(node.name(), servicePanel);
                }
            }
        }
    }

    private void content(String heading, Node content) {
        if (!heading.equals(title.getText())) {
            title.setText(heading);
        }
        if (!content.equals(scroll.getContent())) {
            body.setBottom(content.equals(edgePanel) ? edgePanel.buttons() : null);
            scroll.setContent(content);
            scroll.setVvalue(0);
        }
    }
}
