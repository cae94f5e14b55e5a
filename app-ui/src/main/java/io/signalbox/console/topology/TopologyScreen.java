package io.signalbox.console.topology;

import io.signalbox.console.shell.Screen;
import io.signalbox.console.shell.ScreenId;
import io.signalbox.console.text.Texts;
import io.signalbox.console.topology.graph.GraphModel;
import io.signalbox.console.topology.graph.Selection;
import io.signalbox.console.topology.layout.ElkLayout;
import io.signalbox.console.topology.panel.PanelParts;
import io.signalbox.console.topology.panel.SidePanel;
import io.signalbox.console.topology.state.EventMarks;
import io.signalbox.console.topology.state.EventWatch;
import io.signalbox.console.topology.state.PolicyWatch;
import io.signalbox.console.topology.state.TopologyState;
import io.signalbox.console.topology.state.TopologyViewModel;
import io.signalbox.console.topology.state.TopologyViewModel.Form;
import io.signalbox.console.topology.view.GraphPane;
import io.signalbox.console.topology.view.GraphStage;
import io.signalbox.console.topology.view.TimelineStrip;
import io.signalbox.console.topology.view.Toolbar;
import io.signalbox.console.topology.view.TwinTable;
import io.signalbox.console.widget.Action;
import io.signalbox.console.widget.Overlays;
import io.signalbox.console.widget.StateHost;
import io.signalbox.console.widget.ViewState;
import io.signalbox.mesh.model.EdgeId;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.status.MeshSnapshot;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.util.Subscription;

/** The mesh as a live graph: who calls whom, how much, how well, and which breakers are open. */
public final class TopologyScreen implements Screen {

    private static final PseudoClass SHORT = PseudoClass.getPseudoClass("short");

    /** Windows lower than this have a timeline without a chart. */
    private static final double SHORT_WINDOW = 800;

    private final TopologyParts parts;
    private final Texts texts;
    private final TopologyViewModel viewModel;
    private final EventWatch events;
    private final EventMarks marks;
    private final Toolbar toolbar;
    private final GraphPane graphPane;
    private final TwinTable table;
    private final SidePanel panel;
    private final TimelineStrip timeline;
    private final StackPane forms = new StackPane();
    private final BorderPane graph = new BorderPane(forms);
    private final BorderPane upper = new BorderPane(graph);
    private final StateHost content;
    private final BorderPane view = new BorderPane();
    private Subscription subscriptions = Subscription.EMPTY;

    public TopologyScreen(TopologyParts parts, Overlays overlays) {
        this.parts = parts;
        texts = parts.texts();
        viewModel = new TopologyViewModel(new ElkLayout(), parts.background(), parts.fx());
        events = new EventWatch(parts.connection(), parts.background(), parts.fx());
        marks = new EventMarks(texts, parts.formats());
        PolicyWatch policies = new PolicyWatch(parts.connection(), parts.background(), parts.fx());
        toolbar = new Toolbar(viewModel, texts, parts.formats());
        graphPane = new GraphPane(viewModel, texts, parts.formats(), parts.ticker());
        table = new TwinTable(viewModel, texts, parts.formats());
        panel = new SidePanel(
                new PanelParts(
                        viewModel,
                        events,
                        policies,
                        parts.commands(),
                        overlays,
                        texts,
                        parts.formats(),
                        parts.operator()),
                parts.preferences());
        timeline = new TimelineStrip(parts.feed().history(), texts, parts.formats());
        graph.setTop(toolbar);
        graph.setMinWidth(0);
        upper.setRight(panel);
        upper.setMinWidth(0);
        content = new StateHost(upper, parts.scheduler());
        content.setMinWidth(0);
        view.setMinWidth(0);
        view.setCenter(content);
        view.setBottom(timeline);
        view.getStyleClass().add("mesh-topology");
        view.getStylesheets()
                .add(Objects.requireNonNull(TopologyScreen.class.getResource("topology.css"))
                        .toExternalForm());
        view.addEventHandler(KeyEvent.KEY_PRESSED, this::pressed);
    }

    @Override
    public ScreenId id() {
        return ScreenId.TOPOLOGY;
    }

    @Override
    public Node view() {
        return view;
    }

    /** What is chosen on the screen, for the commands of others. */
    public TopologyViewModel viewModel() {
        return viewModel;
    }

    public GraphStage stage() {
        return graphPane.stage();
    }

    @Override
    public void shown() {
        hidden();
        var snapshots = parts.feed().observe(this::accept);
        subscriptions = Subscription.combine(
                snapshots::close,
                parts.feed().linkProperty().subscribe(viewModel::accept),
                viewModel.stateProperty().subscribe(this::show),
                viewModel.formProperty().subscribe(this::show),
                events.eventsProperty().subscribe(now -> showTimeline()),
                viewModel.staleProperty().subscribe(now -> showTimeline()),
                toolbar.follow(),
                graphPane.follow(),
                table.follow(),
                panel.follow(),
                view.sceneProperty().subscribe(scene -> fold()),
                view.heightProperty().subscribe(height -> fold()),
                view.widthProperty().subscribe(width -> placeToolbar()));
    }

    @Override
    public void hidden() {
        subscriptions.unsubscribe();
        subscriptions = Subscription.EMPTY;
    }

    @Override
    public void focusFilter() {
        toolbar.edit();
    }

    @Override
    public void reveal(String target) {
        Optional<GraphModel> graph = viewModel.graphProperty().get();
        if (graph.isPresent()) {
            selection(target, graph.get()).ifPresent(viewModel.selectionProperty()::set);
        }
    }

    private static Optional<Selection> selection(String target, GraphModel graph) {
        if (graph.node(target) != null) {
            return Optional.of(new Selection.Node(target));
        }
        try {
            EdgeId edge = EdgeId.parse(target);
            return graph.edge(edge) == null ? Optional.empty() : Optional.of(new Selection.Edge(edge));
        } catch (InvalidValueException notAnEdge) {
            return Optional.empty();
        }
    }

    private void accept(MeshSnapshot snapshot) {
        viewModel.accept(snapshot);
        events.accept(snapshot);
        showTimeline();
    }

    private void showTimeline() {
        viewModel
                .graphProperty()
                .get()
                .ifPresent(graph -> timeline.show(
                        events.eventsProperty().get().stream()
                                .map(marks::of)
                                .flatMap(Optional::stream)
                                .toList(),
                        graph.at(),
                        viewModel.staleProperty().get()
                                ? TimelineStrip.Freshness.STALE
                                : TimelineStrip.Freshness.LIVE));
    }

    private void show(Form form) {
        forms.getChildren().setAll(form == Form.GRAPH ? graphPane : table);
    }

    private void show(TopologyState state) {
        content.stateProperty()
                .set(
                        switch (state) {
                            case TopologyState.Waiting waiting ->
                                new ViewState.Loading(texts.get("topology.state.waiting"));
                            case TopologyState.NoServices none ->
                                new ViewState.Empty(
                                        texts.get("topology.state.empty", none.mesh()),
                                        texts.get("topology.state.empty.why"),
                                        List.of());
                            case TopologyState.Unreachable unreachable ->
                                new ViewState.Failed(
                                        texts.get("topology.state.unreachable"),
                                        texts.get("topology.state.unreachable.why"),
                                        unreachable.why(),
                                        List.of(new Action(texts.get("topology.state.again"), this::again)));
                            case TopologyState.Showing showing -> new ViewState.Ready();
                        });
    }

    private void again() {
        parts.background().execute(parts.feed()::start);
    }

    private void fold() {
        double height =
                view.getScene() == null ? view.getHeight() : view.getScene().getHeight();
        timeline.pseudoClassStateChanged(SHORT, height < SHORT_WINDOW);
    }

    /** The toolbar goes above the panel as well where there is no room for it beside. */
    private void placeToolbar() {
        boolean tight =
                toolbar.minWidth(Region.USE_COMPUTED_SIZE) + panel.minWidth(Region.USE_COMPUTED_SIZE) > view.getWidth();
        BorderPane home = tight ? upper : graph;
        if (home.getTop() == null) {
            (tight ? graph : upper).setTop(null);
            home.setTop(toolbar);
        }
    }

    private void pressed(KeyEvent event) {
        boolean typing = event.getTarget() instanceof TextInputControl;
        if (event.getCode() == KeyCode.T && !typing && !event.isShortcutDown() && !event.isAltDown()) {
            viewModel.toggleForm();
            event.consume();
        }
    }
}
