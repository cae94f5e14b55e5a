package io.signalbox.console.policies;

import io.signalbox.console.screen.DiffView;
import io.signalbox.console.screen.Page;
import io.signalbox.console.screen.Workbench;
import io.signalbox.console.widget.Tag;
import io.signalbox.mesh.client.PolicyChange;
import java.util.List;
import java.util.Locale;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Who changed a policy, when and why, and beside it what the chosen change did. */
final class HistoryView extends HBox {

    private final Workbench bench;
    private final ObservableList<PolicyChange> changes = FXCollections.observableArrayList();
    private final ListView<PolicyChange> list = new ListView<>(changes);
    private final DiffView difference;

    HistoryView(Workbench bench) {
        this.bench = bench;
        difference = new DiffView(bench);
        getStyleClass().add("policy-history");
        list.getStyleClass().addAll("policy-changes", "mesh-list");
        list.setAccessibleText(bench.texts().get("policies.history"));
        list.setCellFactory(of -> new ChangeCell());
        Label none = new Label(bench.texts().get("policies.history.none"));
        none.setWrapText(true);
        none.getStyleClass().addAll("mesh-small", "mesh-muted");
        list.setPlaceholder(none);
        HBox.setHgrow(difference, Priority.ALWAYS);
        getChildren().addAll(list, difference);
        list.getSelectionModel().selectedIndexProperty().subscribe(index -> compare(index.intValue()));
    }

    void show(List<PolicyChange> newestFirst) {
        if (!changes.equals(newestFirst)) {
            changes.setAll(newestFirst);
            list.getSelectionModel().selectFirst();
            compare(list.getSelectionModel().getSelectedIndex());
        }
    }

    private void compare(int index) {
        if (index < 0 || index >= changes.size()) {
            difference.show(List.of(), "");
            return;
        }
        PolicyChange change = changes.get(index);
        String before = index + 1 < changes.size() ? changes.get(index + 1).yaml() : "";
        difference.show(
                Draft.difference(before, change.yaml()), bench.texts().get("policies.history.same", change.revision()));
    }

    private final class ChangeCell extends ListCell<PolicyChange> {

        @Override
        protected void updateItem(@Nullable PolicyChange change, boolean empty) {
            super.updateItem(change, empty);
            setGraphic(empty || change == null ? null : cell(change));
        }

        private VBox cell(PolicyChange change) {
            Label kind = new Label(bench.texts()
                    .get("policies.change." + change.change().name().toLowerCase(Locale.ROOT)));
            kind.getStyleClass().add("mesh-small");
            Label when = new Label(bench.formats().clock(change.at()));
            when.getStyleClass().addAll("mesh-small", "mesh-mono", "mesh-subtle");
            HBox first = new HBox(
                    Tag.plain(bench.texts().get("policies.revision", change.revision())), kind, Page.space(), when);
            first.setAlignment(Pos.CENTER_LEFT);
            first.getStyleClass().add("policy-line");
            Label who = new Label(change.reason().isEmpty() ? change.by() : change.by() + ": " + change.reason());
            who.getStyleClass().addAll("mesh-small", "mesh-muted");
            who.setMinWidth(0);
            VBox cell = new VBox(first, who);
            cell.getStyleClass().add("policy-change");
            cell.prefWidthProperty().bind(list.widthProperty().subtract(32));
            return cell;
        }
    }
}
