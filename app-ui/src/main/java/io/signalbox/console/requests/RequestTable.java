package io.signalbox.console.requests;

import io.signalbox.console.screen.Columns;
import io.signalbox.console.screen.Workbench;
import io.signalbox.console.widget.Lamp;
import io.signalbox.console.widget.LampState;
import io.signalbox.console.widget.VersionBadge;
import io.signalbox.mesh.explain.RequestLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import javafx.collections.ObservableList;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import org.jspecify.annotations.Nullable;

/** The list of requests: when, what, from where to where, and what came of it. */
final class RequestTable extends TableView<RequestLine> {

    private final Workbench bench;
    private final RequestWords words;
    private final List<TableColumn<RequestLine, ?>> wide = new ArrayList<>();
    private Set<String> candidates = Set.of();

    RequestTable(ObservableList<RequestLine> rows, Workbench bench, RequestWords words, ObservableValue<Double> em) {
        this.bench = bench;
        this.words = words;
        setItems(rows);
        setId("requests-table");
        setAccessibleText(bench.texts().get("screen.requests"));
        setPlaceholder(new Label(words.text("requests.nothing")));
        Columns<RequestLine> columns = new Columns<>(this, bench, em);
        between(columns.column("requests.column.time", 9.8, RequestTable::itself, TimeCell::new), em, 9.8, 9.8);
        between(columns.column("requests.column.request", 40, RequestTable::itself, RequestCell::new), em, 8, 200);
        between(columns.column("requests.column.way", 20, RequestTable::itself, WayCell::new), em, 14.5, 21);
        between(figures(columns, "status", 4.6, RequestWords::status, RequestWords::statusTone), em, 4.6, 4.6);
        TableColumn<RequestLine, ?> cause = columns.words(
                "requests.column.cause", 11, RequestTable::itself, RequestWords::cause, "mesh-mono", "mesh-muted");
        between(cause, em, 11, 14);
        between(figures(columns, "duration", 6, this::duration, line -> ""), em, 6, 6);
        TableColumn<RequestLine, ?> attempts =
                figures(columns, "attempts", 6, this::attempts, RequestTable::attemptsTone);
        between(attempts, em, 6, 6);
        wide.add(cause);
        wide.add(attempts);
        getColumns().forEach(column -> {
            column.setSortable(false);
            column.setReorderable(false);
        });
    }

    /** @param now the candidates of running rollouts, as {@code catalog v2} */
    void setCandidates(Set<String> now) {
        if (!now.equals(candidates)) {
            candidates = Set.copyOf(now);
            refresh();
        }
    }

    /** Leaves out what there is no room for beside a walk. */
    void beNarrow() {
        wide.forEach(column -> column.setVisible(false));
    }

    void beWide() {
        wide.forEach(column -> column.setVisible(true));
    }

    private static TableColumn<RequestLine, RequestLine> figures(
            Columns<RequestLine> columns,
            String key,
            double ems,
            Function<RequestLine, String> write,
            Function<RequestLine, String> tone) {
        return columns.figures("requests.column." + key, ems, RequestTable::itself, write, tone);
    }

    private static ObservableValue<RequestLine> itself(RequestLine line) {
        return new ReadOnlyObjectWrapper<>(line);
    }

    private String duration(RequestLine line) {
        return bench.formats().latency(line.durationNanos());
    }

    private String attempts(RequestLine line) {
        return bench.formats().count(line.attempts());
    }

    private static String attemptsTone(RequestLine line) {
        return line.attempts() > 1 ? "mesh-warn-text" : "mesh-muted";
    }

    private static void between(
            TableColumn<RequestLine, ?> column, ObservableValue<Double> em, double least, double most) {
        column.minWidthProperty().bind(em.map(size -> size * least));
        column.maxWidthProperty().bind(em.map(size -> size * most));
    }

    private static HBox line(Node... nodes) {
        HBox line = new HBox(nodes);
        line.getStyleClass().add("requests-line");
        line.setAlignment(Pos.CENTER_LEFT);
        line.setMinWidth(0);
        return line;
    }

    private static Label label(String... styles) {
        Label label = new Label();
        label.getStyleClass().add("mesh-small");
        label.getStyleClass().addAll(styles);
        return label;
    }

    /** The lamp and the local time at which it ended; UTC in the tooltip. */
    private final class TimeCell extends TableCell<RequestLine, RequestLine> {

        private final Lamp lamp = new Lamp(LampState.CLOSED);
        private final Label at = label("mesh-mono", "mesh-muted");
        private final HBox line = line(lamp, at);

        @Override
        protected void updateItem(@Nullable RequestLine request, boolean empty) {
            super.updateItem(request, empty);
            if (empty || request == null) {
                setGraphic(null);
                setTooltip(null);
                return;
            }
            lamp.setState(RequestWords.lamp(request));
            at.setText(bench.formats().clockMillis(RequestRows.end(request)));
            setAccessibleText(words.state(request) + ", " + at.getText());
            setTooltip(new Tooltip(words.text(
                    "requests.time",
                    words.state(request),
                    bench.formats().clockMillis(request.at()),
                    bench.formats().clockUtc(RequestRows.end(request)))));
            setGraphic(line);
        }
    }

    /** Method and path. */
    private static final class RequestCell extends TableCell<RequestLine, RequestLine> {

        private final Label method = label("mesh-mono", "mesh-muted");
        private final Label path = label("mesh-mono");
        private final HBox line = line(method, path);

        RequestCell() {
            method.setMinWidth(USE_PREF_SIZE);
        }

        @Override
        protected void updateItem(@Nullable RequestLine request, boolean empty) {
            super.updateItem(request, empty);
            if (empty || request == null) {
                setGraphic(null);
                return;
            }
            method.setText(request.method());
            path.setText(request.path());
            setAccessibleText(request.method() + " " + request.path());
            setGraphic(line);
        }
    }

    /** From, to, and the version. */
    private final class WayCell extends TableCell<RequestLine, RequestLine> {

        private final Label from = label("mesh-muted");
        private final Label arrow = label("mesh-subtle");
        private final Label to = label();
        private final VersionBadge version = new VersionBadge("", VersionBadge.Role.STABLE);
        private final HBox line = line(from, arrow, to, version);

        WayCell() {
            arrow.setText("→");
            arrow.setMinWidth(USE_PREF_SIZE);
            to.setMinWidth(USE_PREF_SIZE);
            version.managedProperty().bind(version.visibleProperty());
        }

        @Override
        protected void updateItem(@Nullable RequestLine request, boolean empty) {
            super.updateItem(request, empty);
            if (empty || request == null) {
                setGraphic(null);
                return;
            }
            from.setText(request.source());
            to.setText(request.destination());
            String chosen = request.version();
            version.setVisible(chosen != null);
            version.setText(chosen == null ? "" : chosen);
            version.setRole(
                    candidates.contains(request.destination() + " " + chosen)
                            ? VersionBadge.Role.CANDIDATE
                            : VersionBadge.Role.STABLE);
            setAccessibleText(from.getText() + " → " + to.getText() + " " + version.getText());
            setGraphic(line);
        }
    }
}
