package io.signalbox.console.topology.view;

import io.signalbox.console.format.Formats;
import io.signalbox.console.text.Texts;
import io.signalbox.console.topology.graph.Found;
import io.signalbox.console.topology.graph.GraphEdge;
import io.signalbox.console.topology.graph.GraphModel;
import io.signalbox.console.topology.graph.GraphNode;
import io.signalbox.console.topology.graph.Selection;
import io.signalbox.console.topology.state.TopologyViewModel;
import io.signalbox.console.widget.Lamp;
import io.signalbox.console.widget.LampState;
import io.signalbox.mesh.model.status.Security;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;
import javafx.collections.transformation.SortedList;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/** The graph as a table: the same things, the same question, the same selection. */
public final class TwinTable extends TableView<TwinRow> {

    private final Texts texts;
    private final Formats formats;
    private final TopologyViewModel viewModel;
    private final Map<Selection, TwinRow> byKey = new LinkedHashMap<>();
    private final ObservableList<TwinRow> rows = FXCollections.observableArrayList();
    private final FilteredList<TwinRow> filtered = new FilteredList<>(rows);
    private boolean following;

    public TwinTable(TopologyViewModel viewModel, Texts texts, Formats formats) {
        this.viewModel = viewModel;
        this.texts = texts;
        this.formats = formats;
        getStyleClass().add("mesh-topology-table");
        setAccessibleText(texts.get("topology.table"));
        setColumnResizePolicy(CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        SortedList<TwinRow> sorted = new SortedList<>(filtered);
        sorted.comparatorProperty().bind(comparatorProperty());
        setItems(sorted);
        getColumns().setAll(columns());
    }

    /** Follows the view model until the answer is closed. */
    public Subscription follow() {
        return Subscription.combine(
                viewModel.graphProperty().subscribe(graph -> graph.ifPresent(this::update)),
                viewModel.foundProperty().subscribe(this::filter),
                viewModel.selectionProperty().subscribe(this::select),
                getSelectionModel().selectedItemProperty().subscribe(this::selected));
    }

    private List<TableColumn<TwinRow, ?>> columns() {
        TableColumn<TwinRow, String> name = new TableColumn<>(texts.get("topology.column.name"));
        name.setCellValueFactory(
                cell -> new ReadOnlyStringWrapper(cell.getValue().name()));
        name.setCellFactory(column -> new NameCell());
        name.setPrefWidth(260);
        List<TableColumn<TwinRow, ?>> columns = new ArrayList<>();
        columns.add(name);
        columns.add(number("rate", figures -> figures.rate(), value -> formats.rate(value)));
        columns.add(number("success", TwinRow.Figures::success, value -> formats.share(value)));
        columns.add(number("p50", TwinRow.Figures::p50, value -> formats.latency(value)));
        columns.add(number("p99", TwinRow.Figures::p99, value -> formats.latency(value)));
        columns.add(security());
        return columns;
    }

    private <T extends Comparable<T>> TableColumn<TwinRow, TwinRow.Figures> number(
            String key, Function<TwinRow.Figures, @Nullable T> value, Function<T, String> format) {
        TableColumn<TwinRow, TwinRow.Figures> column = new TableColumn<>(texts.get("topology.column." + key));
        column.getStyleClass().add("mesh-number");
        column.setCellValueFactory(cell -> figures(cell.getValue()));
        column.setComparator((one, other) -> {
            T first = value.apply(one);
            T second = value.apply(other);
            if (first == null || second == null) {
                return first == null ? (second == null ? 0 : -1) : 1;
            }
            return first.compareTo(second);
        });
        column.setCellFactory(ignored -> new FigureCell<>(value, format));
        column.setPrefWidth(92);
        return column;
    }

    private TableColumn<TwinRow, TwinRow.Figures> security() {
        TableColumn<TwinRow, TwinRow.Figures> column = new TableColumn<>(texts.get("topology.column.security"));
        column.setCellValueFactory(cell -> figures(cell.getValue()));
        column.setComparator((one, other) -> one.security().compareTo(other.security()));
        column.setCellFactory(ignored -> new SecurityCell());
        column.setPrefWidth(110);
        return column;
    }

    private static ReadOnlyObjectProperty<TwinRow.Figures> figures(TwinRow row) {
        return row.figuresProperty();
    }

    private void update(GraphModel graph) {
        following = true;
        place(graph);
        following = false;
        select(viewModel.selectionProperty().get());
    }

    private void place(GraphModel graph) {
        Set<Selection> present = new HashSet<>();
        List<TwinRow> fresh = new ArrayList<>();
        for (GraphNode node : graph.nodes()) {
            Selection key = new Selection.Node(node.name());
            present.add(key);
            TwinRow row = byKey.get(key);
            if (row == null) {
                fresh.add(TwinRow.of(node));
            } else {
                row.update(node);
            }
        }
        for (GraphEdge edge : graph.edges()) {
            Selection key = new Selection.Edge(edge.id());
            present.add(key);
            TwinRow row = byKey.get(key);
            if (row == null) {
                fresh.add(TwinRow.of(edge));
            } else {
                row.update(edge);
            }
        }
        if (!fresh.isEmpty()) {
            fresh.forEach(row -> byKey.put(row.key(), row));
            rows.addAll(fresh);
        }
        if (byKey.keySet().retainAll(present)) {
            rows.removeIf(row -> !present.contains(row.key()));
        }
    }

    /** Rows come and go; what is selected stays so even while its row is away. */
    private void filter(Found found) {
        following = true;
        filtered.setPredicate(row -> !found.active()
                || switch (row.key()) {
                    case Selection.Node node -> found.has(node.name());
                    case Selection.Edge edge -> found.edges().contains(edge.id());
                    case Selection.Nothing nothing -> false;
                });
        following = false;
        select(viewModel.selectionProperty().get());
    }

    private void select(Selection now) {
        following = true;
        TwinRow row = byKey.get(now);
        if (row == null || !filtered.contains(row)) {
            getSelectionModel().clearSelection();
        } else if (!row.equals(getSelectionModel().getSelectedItem())) {
            getSelectionModel().select(row);
            scrollTo(row);
        }
        following = false;
    }

    private void selected(@Nullable TwinRow row) {
        if (!following && row != null) {
            viewModel.selectionProperty().set(row.key());
        }
    }

    /** A lamp and a name. */
    private static final class NameCell extends TableCell<TwinRow, String> {

        private final Lamp lamp = new Lamp(LampState.DISABLED);
        private Subscription figures = Subscription.EMPTY;

        NameCell() {
            getStyleClass().add("mesh-mono");
        }

        @Override
        protected void updateItem(@Nullable String name, boolean empty) {
            super.updateItem(name, empty);
            figures.unsubscribe();
            figures = Subscription.EMPTY;
            TwinRow row = getTableRow() == null ? null : getTableRow().getItem();
            if (empty || name == null || row == null) {
                setText(null);
                setGraphic(null);
                return;
            }
            setText(name);
            setGraphic(lamp);
            figures = row.figuresProperty().subscribe(now -> lamp.setState(now.lamp()));
        }
    }

    private static final class FigureCell<T> extends TableCell<TwinRow, TwinRow.Figures> {

        private final Function<TwinRow.Figures, @Nullable T> value;
        private final Function<T, String> format;

        FigureCell(Function<TwinRow.Figures, @Nullable T> value, Function<T, String> format) {
            this.value = value;
            this.format = format;
            getStyleClass().addAll("mesh-mono", "mesh-number");
        }

        @Override
        protected void updateItem(TwinRow.@Nullable Figures figures, boolean empty) {
            super.updateItem(figures, empty);
            if (empty || figures == null) {
                setText(null);
                return;
            }
            T shown = value.apply(figures);
            String text = shown == null ? Formats.NONE : format.apply(shown);
            if (!Objects.equals(text, getText())) {
                setText(text);
            }
        }
    }

    private final class SecurityCell extends TableCell<TwinRow, TwinRow.Figures> {

        @Override
        protected void updateItem(TwinRow.@Nullable Figures figures, boolean empty) {
            super.updateItem(figures, empty);
            if (empty || figures == null) {
                setText(null);
                return;
            }
            Security security = figures.security();
            setText(texts.get("topology.security." + security.name().toLowerCase(Locale.ROOT)));
        }
    }
}
