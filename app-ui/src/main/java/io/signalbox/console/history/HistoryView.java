package io.signalbox.console.history;

import io.signalbox.console.screen.Page;
import io.signalbox.console.screen.Workbench;
import io.signalbox.console.shell.ScreenId;
import io.signalbox.console.widget.FilterField;
import io.signalbox.console.widget.MeshButton;
import io.signalbox.mesh.client.AuditEntry;
import java.util.Locale;
import java.util.Objects;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** The list of changes, and beside it the chosen one. */
final class HistoryView {

    private final HistoryViewModel model;
    private final Workbench bench;
    private final ListView<AuditEntry> list;
    private final ChangePane pane;
    private final FilterField filter;
    private final Page page;

    HistoryView(HistoryViewModel model, Workbench bench) {
        this.model = model;
        this.bench = bench;
        list = new ListView<>(model.rows());
        list.getStyleClass().addAll("history-changes", "mesh-list");
        list.setId("history-changes");
        list.setAccessibleText(bench.texts().get(ScreenId.HISTORY.titleKey()));
        list.setCellFactory(of -> new ChangeCell());
        MeshButton older = new MeshButton(
                        MeshButton.Kind.SECONDARY, bench.texts().get("history.older"), "fth-chevron-down")
                .onPress(model::readOlder);
        older.visibleProperty().bind(model.older());
        older.managedProperty().bind(older.visibleProperty());
        older.setMaxWidth(Double.MAX_VALUE);
        VBox left = new VBox(list, older);
        left.getStyleClass().add("history-left");
        VBox.setVgrow(list, Priority.ALWAYS);
        pane = new ChangePane(model, bench);
        HBox.setHgrow(pane, Priority.ALWAYS);
        HBox content = new HBox(left, pane);
        content.getStyleClass().add("history");
        page = new Page(bench, ScreenId.HISTORY, content);
        page.getStylesheets()
                .add(Objects.requireNonNull(HistoryView.class.getResource("history.css"))
                        .toExternalForm());
        filter = new FilterField(bench.texts().get("history.filter"));
        filter.textProperty().bindBidirectional(model.filter());
        model.filter().subscribe((before, typed) -> result());
        page.with(filter);
        list.getSelectionModel().selectedItemProperty().subscribe(model::choose);
        page.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            boolean typing = event.getTarget() instanceof TextInputControl;
            if (event.isShortcutDown() && event.getCode() == KeyCode.Z && !typing) {
                pane.undo();
                event.consume();
            }
        });
    }

    Page page() {
        return page;
    }

    FilterField filter() {
        return filter;
    }

    void block(String why) {
        pane.block(why);
    }

    /** Says how much the filter leaves, and looks at the newest where nothing was chosen. */
    void result() {
        page.showResult(
                filter,
                model.filter().get().strip(),
                model.rows().size(),
                model.total(),
                () -> model.filter().set(""));
        if (list.getSelectionModel().isEmpty() && !model.rows().isEmpty()) {
            list.getSelectionModel().selectFirst();
        }
    }

    private final class ChangeCell extends ListCell<AuditEntry> {

        private final Label what = new Label();
        private final Label when = new Label();
        private final Label who = new Label();
        private final Tooltip utc = new Tooltip();
        private final VBox cell;

        ChangeCell() {
            what.getStyleClass().add("mesh-semibold");
            what.setMinWidth(0);
            when.getStyleClass().addAll("mesh-caption", "mesh-mono", "mesh-subtle");
            when.setMinWidth(USE_PREF_SIZE);
            when.setTooltip(utc);
            who.getStyleClass().addAll("mesh-small", "mesh-muted");
            who.setMinWidth(0);
            HBox first = new HBox(what, Page.space(), when);
            first.setAlignment(Pos.CENTER_LEFT);
            first.getStyleClass().add("screen-pair");
            cell = new VBox(first, who);
            cell.getStyleClass().add("history-change");
            cell.setAlignment(Pos.CENTER_LEFT);
            cell.prefWidthProperty().bind(list.widthProperty().subtract(32));
            cell.setMinWidth(0);
            setMinWidth(0);
            setPrefWidth(0);
        }

        @Override
        protected void updateItem(@Nullable AuditEntry entry, boolean empty) {
            super.updateItem(entry, empty);
            if (empty || entry == null) {
                setGraphic(null);
                setAccessibleText("");
                return;
            }
            what.setText(
                    bench.texts().get("history.kind." + entry.kind().name().toLowerCase(Locale.ROOT), entry.subject()));
            when.setText(bench.formats().dayAndClock(entry.at()));
            utc.setText(bench.formats().clockUtc(entry.at()));
            who.setText(entry.reason().isEmpty() ? entry.by() : entry.by() + ": " + entry.reason());
            setAccessibleText(what.getText() + ", " + who.getText() + ", " + when.getText());
            setGraphic(cell);
        }
    }
}
