package io.signalbox.console.topology.state;

import io.signalbox.console.feed.Link;
import io.signalbox.console.topology.graph.Find;
import io.signalbox.console.topology.graph.FindParser;
import io.signalbox.console.topology.graph.Found;
import io.signalbox.console.topology.graph.GraphModel;
import io.signalbox.console.topology.graph.Selection;
import io.signalbox.console.topology.graph.TrafficHistory;
import io.signalbox.console.topology.layout.GraphLayout;
import io.signalbox.console.topology.layout.LayoutEngine;
import io.signalbox.console.topology.layout.LayoutRunner;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.status.MeshSnapshot;
import java.util.Optional;
import java.util.concurrent.Executor;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/**
 * What the topology screen shows and what is chosen on it. Belongs to the thread that the given executor runs on; layout
 * happens on the background one.
 */
public final class TopologyViewModel {

    /** How what a question did not find is treated. */
    public enum FindMode {
        FIND,
        HIDE_OTHERS
    }

    /** The two forms of the same content. */
    public enum Form {
        GRAPH,
        TABLE
    }

    private final TrafficHistory history = new TrafficHistory();
    private final LayoutRunner layouts;
    private final ReadOnlyObjectWrapper<TopologyState> state =
            new ReadOnlyObjectWrapper<>(this, "state", new TopologyState.Waiting());
    private final ReadOnlyObjectWrapper<Optional<GraphModel>> graph =
            new ReadOnlyObjectWrapper<>(this, "graph", Optional.empty());
    private final ReadOnlyObjectWrapper<GraphLayout> layout =
            new ReadOnlyObjectWrapper<>(this, "layout", GraphLayout.EMPTY);
    private final ReadOnlyObjectWrapper<Found> found = new ReadOnlyObjectWrapper<>(this, "found", Found.NOT_ASKED);
    private final ReadOnlyStringWrapper findError = new ReadOnlyStringWrapper(this, "findError", "");
    private final BooleanProperty stale = new SimpleBooleanProperty(this, "stale");
    private final ObjectProperty<Selection> selection =
            new SimpleObjectProperty<>(this, "selection", Selection.nothing());
    private final StringProperty findText = new SimpleStringProperty(this, "findText", "");
    private final ObjectProperty<FindMode> findMode = new SimpleObjectProperty<>(this, "findMode", FindMode.FIND);
    private final ObjectProperty<Form> form = new SimpleObjectProperty<>(this, "form", Form.GRAPH);
    private final BooleanProperty showBreakers = new SimpleBooleanProperty(this, "showBreakers", false);
    private final BooleanProperty showLabels = new SimpleBooleanProperty(this, "showLabels", true);
    private final BooleanProperty showIdleEdges = new SimpleBooleanProperty(this, "showIdleEdges", true);
    private Optional<Find> question = Optional.empty();

    /**
     * A screen with nothing to show yet.
     *
     * @param background runs layouts
     * @param own runs a task on this view model's thread
     */
    public TopologyViewModel(LayoutEngine engine, Executor background, Executor own) {
        layouts = new LayoutRunner(engine, background, (shape, done) -> own.execute(() -> layout.set(done)));
        findText.subscribe((before, now) -> ask(now));
    }

    /** Takes over a picture of the mesh; lays out again only if its shape changed. */
    public void accept(MeshSnapshot snapshot) {
        GraphModel now = GraphModel.of(snapshot);
        boolean sameShape =
                graph.get().map(GraphModel::shape).filter(now.shape()::equals).isPresent();
        history.add(snapshot);
        found.set(Found.in(now, question));
        graph.set(Optional.of(now));
        stale.set(false);
        state.set(now.nodes().isEmpty() ? new TopologyState.NoServices(now.mesh()) : new TopologyState.Showing());
        if (!sameShape) {
            layouts.submit(now.shape());
        }
        if (!exists(now, selection.get())) {
            selection.set(Selection.nothing());
        }
    }

    /** Learns how console and mesh stand to each other. */
    public void accept(Link link) {
        switch (link) {
            case Link.Connecting connecting -> {
                // Nothing is known yet.
            }
            case Link.Live live -> stale.set(false);
            case Link.Lost lost -> {
                stale.set(true);
                if (graph.get().isEmpty()) {
                    state.set(new TopologyState.Unreachable(lost.why()));
                }
            }
        }
    }

    private static boolean exists(GraphModel graph, Selection selected) {
        return switch (selected) {
            case Selection.Nothing nothing -> true;
            case Selection.Node node -> graph.node(node.name()) != null;
            case Selection.Edge edge -> graph.edge(edge.id()) != null;
        };
    }

    private void ask(String text) {
        try {
            question = FindParser.parse(text);
            findError.set("");
        } catch (InvalidValueException unreadable) {
            question = Optional.empty();
            findError.set(String.valueOf(unreadable.getMessage()));
        }
        found.set(graph.get().map(now -> Found.in(now, question)).orElse(Found.NOT_ASKED));
    }

    public ReadOnlyObjectProperty<TopologyState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Optional<GraphModel>> graphProperty() {
        return graph.getReadOnlyProperty();
    }

    /** Where everything stands; follows the graph when its layout is done. */
    public ReadOnlyObjectProperty<GraphLayout> layoutProperty() {
        return layout.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Found> foundProperty() {
        return found.getReadOnlyProperty();
    }

    /** Why the question cannot be read; empty while it can. */
    public ReadOnlyStringProperty findErrorProperty() {
        return findError.getReadOnlyProperty();
    }

    /** Whether what is shown is from before the connection broke. */
    public BooleanProperty staleProperty() {
        return stale;
    }

    public ObjectProperty<Selection> selectionProperty() {
        return selection;
    }

    public StringProperty findTextProperty() {
        return findText;
    }

    public ObjectProperty<FindMode> findModeProperty() {
        return findMode;
    }

    public ObjectProperty<Form> formProperty() {
        return form;
    }

    /** Whether closed breakers are drawn too. */
    public BooleanProperty showBreakersProperty() {
        return showBreakers;
    }

    public BooleanProperty showLabelsProperty() {
        return showLabels;
    }

    public BooleanProperty showIdleEdgesProperty() {
        return showIdleEdges;
    }

    public TrafficHistory history() {
        return history;
    }

    /** Changes between graph and table. */
    public void toggleForm() {
        form.set(form.get() == Form.GRAPH ? Form.TABLE : Form.GRAPH);
    }
}
