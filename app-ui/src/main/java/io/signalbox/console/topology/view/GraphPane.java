package io.signalbox.console.topology.view;

import io.signalbox.console.format.Formats;
import io.signalbox.console.text.Texts;
import io.signalbox.console.topology.graph.GraphModel;
import io.signalbox.console.topology.paint.GraphScene;
import io.signalbox.console.topology.paint.Viewport;
import io.signalbox.console.topology.state.GraphWords;
import io.signalbox.console.topology.state.TopologyViewModel;
import io.signalbox.console.widget.MeshButton;
import io.signalbox.mesh.time.Ticker;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import javafx.geometry.Pos;
import javafx.scene.AccessibleAttribute;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;

/** The stage with its zoom buttons, mini-map and legend. */
public final class GraphPane extends VBox {

    private static final double ZOOM_STEP = 1.25;

    private final TopologyViewModel viewModel;
    private final Formats formats;
    private final GraphWords words;
    private final GraphStage stage;
    private final MiniMap map;
    private final Label zoom = new Label();

    public GraphPane(TopologyViewModel viewModel, Texts texts, Formats formats, Ticker ticker) {
        this.viewModel = viewModel;
        this.formats = formats;
        words = new GraphWords(texts, formats);
        stage = new GraphStage(texts, formats, ticker);
        stage.setId("topology-stage");
        map = new MiniMap(stage);
        new StagePointer(stage, viewModel.selectionProperty()::set);
        new StageKeys(stage, viewModel.selectionProperty()::set);
        VBox tools = new VBox(zoomBar(texts), map);
        tools.getStyleClass().add("mesh-graph-tools");
        tools.setAlignment(Pos.BOTTOM_RIGHT);
        tools.setPickOnBounds(false);
        tools.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        StackPane layers = new StackPane(stage, tools);
        StackPane.setAlignment(tools, Pos.BOTTOM_RIGHT);
        layers.setMinSize(0, 0);
        getStyleClass().add("mesh-graph-pane");
        VBox.setVgrow(layers, Priority.ALWAYS);
        getChildren().addAll(layers, new Legend(texts));
    }

    public GraphStage stage() {
        return stage;
    }

    private HBox zoomBar(Texts texts) {
        MeshButton out = MeshButton.iconOnly(MeshButton.Kind.SECONDARY, "fth-minus", texts.get("topology.zoom.out"))
                .small()
                .onPress(() -> stage.zoomBy(1 / ZOOM_STEP));
        MeshButton in = MeshButton.iconOnly(MeshButton.Kind.SECONDARY, "fth-plus", texts.get("topology.zoom.in"))
                .small()
                .onPress(() -> stage.zoomBy(ZOOM_STEP));
        MeshButton fit = MeshButton.iconOnly(MeshButton.Kind.SECONDARY, "fth-maximize", texts.get("topology.zoom.fit"))
                .small()
                .onPress(stage::fit);
        zoom.getStyleClass().addAll("mesh-mono", "mesh-zoom");
        HBox bar = new HBox(out, zoom, in, fit);
        bar.getStyleClass().add("mesh-zoom-bar");
        bar.setAlignment(Pos.CENTER_RIGHT);
        bar.setPickOnBounds(false);
        return bar;
    }

    /** Follows the view model and moves until the answer is closed. */
    public Subscription follow() {
        stage.start();
        return Subscription.combine(
                viewModel.graphProperty().subscribe(now -> show()),
                viewModel.layoutProperty().subscribe(now -> show()),
                viewModel.selectionProperty().subscribe(now -> show()),
                viewModel.foundProperty().subscribe(now -> show()),
                viewModel.findModeProperty().subscribe(now -> show()),
                viewModel.showBreakersProperty().subscribe(now -> show()),
                viewModel.showLabelsProperty().subscribe(now -> show()),
                viewModel.showIdleEdgesProperty().subscribe(now -> show()),
                viewModel.staleProperty().subscribe(now -> show()),
                stage.viewportProperty().subscribe(this::viewportChanged),
                stage.keyFocusProperty().subscribe(now -> speak()),
                stage::stop);
    }

    private void show() {
        Optional<GraphModel> graph = viewModel.graphProperty().get();
        if (graph.isEmpty() || viewModel.layoutProperty().get().isEmpty()) {
            return;
        }
        stage.show(new GraphInput(
                graph.get(),
                viewModel.layoutProperty().get(),
                viewModel.selectionProperty().get(),
                viewModel.foundProperty().get(),
                viewModel.findModeProperty().get() == TopologyViewModel.FindMode.FIND
                        ? GraphScene.FindMode.FIND
                        : GraphScene.FindMode.HIDE_OTHERS,
                extras(),
                viewModel.staleProperty().get() ? GraphScene.Freshness.STALE : GraphScene.Freshness.LIVE));
        map.repaint();
        viewportChanged(stage.viewportProperty().get());
        speak();
    }

    private Set<GraphScene.Extra> extras() {
        Set<GraphScene.Extra> extras = EnumSet.noneOf(GraphScene.Extra.class);
        if (viewModel.showBreakersProperty().get()) {
            extras.add(GraphScene.Extra.CLOSED_BREAKERS);
        }
        if (viewModel.showLabelsProperty().get()) {
            extras.add(GraphScene.Extra.LABELS);
        }
        if (viewModel.showIdleEdgesProperty().get()) {
            extras.add(GraphScene.Extra.IDLE_EDGES);
        }
        return extras;
    }

    private void viewportChanged(Viewport now) {
        zoom.setText(formats.percent((int) Math.round(now.zoom() * 100)));
        boolean needed = now.width() > 0 && stage.bounds().width() > 0 && !stage.seesAll();
        map.setVisible(needed);
        map.setManaged(needed);
    }

    private void speak() {
        viewModel.graphProperty().get().ifPresent(graph -> {
            String text = words.spoken(stage.keyFocusProperty().get(), graph);
            if (!text.equals(stage.getAccessibleText())) {
                stage.setAccessibleText(text);
                stage.notifyAccessibleAttributeChanged(AccessibleAttribute.TEXT);
            }
        });
    }
}
