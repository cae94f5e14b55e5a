package io.signalbox.console.services;

import io.signalbox.console.screen.Columns;
import io.signalbox.console.screen.Page;
import io.signalbox.console.screen.Workbench;
import io.signalbox.console.shell.ScreenId;
import io.signalbox.console.widget.FilterField;
import io.signalbox.console.widget.VersionBadge;
import io.signalbox.mesh.model.status.InstanceStatus;
import io.signalbox.mesh.model.status.Latency;
import io.signalbox.mesh.model.status.TrafficStats;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.transformation.SortedList;
import javafx.css.PseudoClass;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import org.jspecify.annotations.Nullable;

/** The table of instances: each with its state, what it carries and what can be done to it. */
final class ServicesView {

    private static final PseudoClass FIRST = PseudoClass.getPseudoClass("first-of-service");
    private static final double OK_SUCCESS = 0.99;
    private static final double POOR_SUCCESS = 0.95;

    /** In ems; a narrower table leaves out where instances listen and when they were last heard of. */
    private static final double ROOM_FOR_ALL = 70;

    /** In ems: the longest two words that stand side by side. */
    private static final double ROOM_FOR_ACTIONS = 14.5;

    private final ServicesViewModel model;
    private final Workbench bench;
    private final InstanceActions actions;
    private final TableView<InstanceRow> table = new TableView<>();
    private final SortedList<InstanceRow> sorted;
    private final StringProperty blocked = new SimpleStringProperty(this, "blocked", "");
    private final ObjectProperty<Instant> now;
    private final FilterField filter;
    private final Page page;
    private Map<String, List<String>> faults = Map.of();

    ServicesView(ServicesViewModel model, Workbench bench) {
        this.model = model;
        this.bench = bench;
        actions = new InstanceActions(model, bench);
        now = new SimpleObjectProperty<>(this, "now", bench.clock().instant());
        sorted = new SortedList<>(model.rows());
        page = new Page(bench, ScreenId.SERVICES, table);
        page.getStylesheets()
                .add(Objects.requireNonNull(ServicesView.class.getResource("services.css"))
                        .toExternalForm());
        filter = new FilterField(bench.texts().get("services.filter"));
        filter.textProperty().bindBidirectional(model.filter());
        model.filter().subscribe((before, typed) -> result());
        page.with(filter);
        table.setItems(sorted);
        table.setSortPolicy(of -> {
            sorted.setComparator(of.getComparator());
            return true;
        });
        table.setId("services-table");
        table.setAccessibleText(bench.texts().get("screen.services"));
        table.setRowFactory(of -> new ServiceRow());
        columns(new Columns<>(table, bench, page.em()));
    }

    Page page() {
        return page;
    }

    FilterField filter() {
        return filter;
    }

    /** @param byService the names of the faults that are in force, of services that have any */
    void showFaults(Map<String, List<String>> byService) {
        if (!byService.equals(faults)) {
            faults = Map.copyOf(byService);
            table.refresh();
        }
    }

    void block(String why) {
        blocked.set(why);
    }

    /** Follows the model; rows keep their places while the pointer is over them. */
    void refresh(Instant at) {
        now.set(at);
        Comparator<InstanceRow> chosen = table.getComparator();
        if (chosen != null && !table.isHover()) {
            sorted.setComparator(chosen.thenComparing(InstanceRow::instanceId));
        }
        result();
    }

    void reveal(String target) {
        if (model.rows().stream().noneMatch(row -> matches(row, target))) {
            model.filter().set("");
        }
        sorted.stream().filter(row -> matches(row, target)).findFirst().ifPresent(row -> {
            table.getSelectionModel().select(row);
            table.scrollTo(row);
        });
    }

    private static boolean matches(InstanceRow row, String target) {
        return row.service().equals(target) || row.instanceId().equals(target);
    }

    private void result() {
        page.showResult(
                filter,
                model.filter().get().strip(),
                model.rows().size(),
                model.total(),
                () -> model.filter().set(""));
    }

    private void columns(Columns<InstanceRow> columns) {
        columns.column(
                "services.service",
                13,
                of(status -> status.instance().serviceName()),
                () -> new NameCell(service -> faults.getOrDefault(service, List.of()), bench.texts()));
        columns.words("services.instance", 11, of(status -> status.instance().instanceId()), id -> id, "mesh-mono");
        columns.column("services.version", 5, of(status -> status.instance().version()), BadgeCell::new);
        columns.column(
                "services.state",
                14.5,
                row -> row.status()
                        .flatMap(status -> row.callers()
                                .flatMap(callers ->
                                        now.map(instant -> Standing.of(InstanceState.of(status), callers, instant)))),
                () -> new StateCell(bench.texts(), bench.formats()));
        TableColumn<InstanceRow, String> address = columns.words(
                "services.address",
                11,
                of(status -> status.instance().host() + ":" + status.instance().port()),
                text -> text,
                "mesh-mono",
                "mesh-muted");
        leaveOutWhenNarrow(address);
        columns.figures(
                "services.inflight",
                6,
                of(InstanceStatus::inFlight),
                value -> bench.formats().count(value));
        columns.figures(
                "services.rate",
                6,
                of(status -> status.stats().requestsPerSecond()),
                rate -> bench.formats().rateFigure(rate));
        columns.figures(
                "services.success",
                6.5,
                of(status -> success(status.stats())),
                share -> bench.formats().share(share),
                ServicesView::tone);
        columns.figures(
                "services.p99",
                6,
                of(status -> p99(status.stats())),
                nanos -> bench.formats().latency(nanos));
        TableColumn<InstanceRow, Duration> heartbeat = columns.figures(
                "services.heartbeat",
                7,
                row -> row.status()
                        .flatMap(status -> now.map(
                                instant -> Duration.between(status.instance().lastHeartbeat(), instant))),
                age -> bench.formats().age(age.isNegative() ? Duration.ZERO : age));
        leaveOutWhenNarrow(heartbeat);
        TableColumn<InstanceRow, InstanceStatus> doing = columns.column(
                "services.actions", 15, of(Function.identity()), () -> new ActionsCell(bench, actions, blocked));
        doing.setSortable(false);
        // Both buttons are whole at any width, in each language.
        doing.minWidthProperty().unbind();
        doing.minWidthProperty().bind(page.em().map(em -> em * ROOM_FOR_ACTIONS));
    }

    /** So that what is watched is not cut. */
    private void leaveOutWhenNarrow(TableColumn<InstanceRow, ?> column) {
        column.visibleProperty()
                .bind(Bindings.createBooleanBinding(
                        () -> table.getWidth() == 0
                                || table.getWidth() >= ROOM_FOR_ALL * page.em().getValue(),
                        table.widthProperty(),
                        page.em()));
    }

    private static <V> Function<InstanceRow, ObservableValue<V>> of(Function<InstanceStatus, V> value) {
        return row -> row.status().map(value);
    }

    private static @Nullable Double success(TrafficStats stats) {
        return stats.successShare().isPresent() ? (Double) stats.successShare().getAsDouble() : null;
    }

    private static @Nullable Long p99(TrafficStats stats) {
        Latency latency = stats.latency();
        return latency == null ? null : (Long) latency.p99Nanos();
    }

    private static String tone(double success) {
        return success >= OK_SUCCESS ? "" : success >= POOR_SUCCESS ? "mesh-warn-text" : "mesh-danger-text";
    }

    /** A row that knows whether it is the first of its service. */
    private static final class ServiceRow extends TableRow<InstanceRow> {

        @Override
        protected void updateItem(@Nullable InstanceRow row, boolean empty) {
            super.updateItem(row, empty);
            int index = getIndex();
            boolean first = row != null
                    && (index == 0
                            || index > getTableView().getItems().size()
                            || !getTableView()
                                    .getItems()
                                    .get(index - 1)
                                    .service()
                                    .equals(row.service()));
            pseudoClassStateChanged(FIRST, first);
            getStyleClass().remove("mesh-gone");
            if (row != null && row.current().running() == InstanceStatus.RunState.STOPPED) {
                getStyleClass().add("mesh-gone");
            }
        }
    }

    /** A version in its badge. */
    private static final class BadgeCell extends TableCell<InstanceRow, String> {

        private final VersionBadge badge = new VersionBadge("", VersionBadge.Role.STABLE);

        @Override
        protected void updateItem(@Nullable String version, boolean empty) {
            super.updateItem(version, empty);
            badge.setText(version);
            setGraphic(empty || version == null ? null : badge);
        }
    }
}
