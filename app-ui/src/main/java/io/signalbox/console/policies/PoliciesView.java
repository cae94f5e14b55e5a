package io.signalbox.console.policies;

import io.signalbox.console.screen.Page;
import io.signalbox.console.screen.Workbench;
import io.signalbox.console.shell.ScreenId;
import io.signalbox.console.widget.FilterField;
import io.signalbox.console.widget.Lamp;
import io.signalbox.console.widget.LampState;
import io.signalbox.console.widget.Tag;
import java.util.Objects;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.jspecify.annotations.Nullable;

/** The screen's nodes: the services, and beside them the policy of the one that is open. */
final class PoliciesView {

    private final PoliciesViewModel model;
    private final Workbench bench;
    private final Page page;
    private final FilterField filter;
    private final ListView<PolicyRow> list;
    private final PolicyPane pane;
    private boolean choosing;

    PoliciesView(PoliciesViewModel model, Workbench bench) {
        this.model = model;
        this.bench = bench;
        list = new ListView<>(model.rows());
        list.getStyleClass().addAll("policy-services", "mesh-list");
        list.setAccessibleText(text("screen.policies"));
        list.setCellFactory(of -> new ServiceCell());
        pane = new PolicyPane(model, bench);
        HBox.setHgrow(pane, Priority.ALWAYS);
        HBox content = new HBox(list, pane);
        content.getStyleClass().add("policies");
        page = new Page(bench, ScreenId.POLICIES, content);
        page.getStylesheets()
                .add(Objects.requireNonNull(PoliciesView.class.getResource("policies.css"))
                        .toExternalForm());
        filter = new FilterField(text("policies.filter"));
        filter.textProperty().bindBidirectional(model.filter());
        page.with(filter);
        model.rows().addListener((ListChangeListener<PolicyRow>) change -> follow());
        model.open().subscribe(open -> follow());
        list.getSelectionModel().selectedItemProperty().subscribe(this::choose);
        list.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER) {
                pane.edit();
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

    void focusList() {
        list.requestFocus();
    }

    void block(String why) {
        pane.block(why);
    }

    /** The row of the open service stays the chosen one, whatever comes before it. */
    private void follow() {
        choosing = true;
        String service = model.open().get().map(draft -> draft.base().service()).orElse("");
        model.rows().stream()
                .filter(row -> row.service().equals(service))
                .findFirst()
                .ifPresentOrElse(list.getSelectionModel()::select, list.getSelectionModel()::clearSelection);
        choosing = false;
        page.showResult(
                filter,
                model.filter().get().strip(),
                model.rows().size(),
                model.total(),
                () -> model.filter().set(""));
    }

    private void choose(@Nullable PolicyRow row) {
        if (row != null && !choosing) {
            model.open(row.service());
        }
    }

    private String text(String key, Object... values) {
        return bench.texts().get(key, values);
    }

    private final class ServiceCell extends ListCell<PolicyRow> {

        /** As wide as the list, so that a long name gives way and nothing is cut off. */
        ServiceCell() {
            setPrefWidth(0);
        }

        @Override
        protected void updateItem(@Nullable PolicyRow row, boolean empty) {
            super.updateItem(row, empty);
            setGraphic(empty || row == null ? null : cell(row));
        }

        private HBox cell(PolicyRow row) {
            Label name = new Label(row.service());
            name.setMinWidth(0);
            HBox cell = new HBox(name, Page.space());
            if (row.edited()) {
                cell.getChildren().add(Tag.accent(text("policies.edited")));
            }
            if (row.notes() > 0) {
                Label count = new Label(bench.formats().count(row.notes()));
                count.getStyleClass().addAll("mesh-small", "mesh-mono");
                HBox notes = new HBox(new Lamp(LampState.HALF_OPEN), count);
                notes.getStyleClass().add("policy-count");
                notes.setAlignment(Pos.CENTER_LEFT);
                notes.setAccessibleText(bench.texts()
                        .counted("policies.notes", row.notes(), bench.formats().count(row.notes())));
                cell.getChildren().add(notes);
            }
            Label revision = new Label(
                    row.revision() == 0 ? text("policies.defaults") : text("policies.revision", row.revision()));
            revision.getStyleClass().addAll("mesh-small", "mesh-subtle");
            revision.setMinWidth(HBox.USE_PREF_SIZE);
            cell.getChildren().add(revision);
            cell.getStyleClass().add("policy-line");
            cell.setAlignment(Pos.CENTER_LEFT);
            return cell;
        }
    }
}
