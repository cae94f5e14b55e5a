package io.signalbox.console.security;

import io.signalbox.console.screen.Columns;
import io.signalbox.console.screen.Workbench;
import io.signalbox.console.widget.LampState;
import io.signalbox.console.widget.MeshButton;
import io.signalbox.mesh.client.SeenCalls;
import io.signalbox.mesh.model.AccessDecision;
import java.util.Comparator;
import javafx.beans.value.ObservableValue;
import javafx.collections.transformation.SortedList;
import javafx.geometry.Pos;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableView;
import javafx.scene.layout.HBox;
import org.jspecify.annotations.Nullable;

/** Calls that were denied, or would have been but for a dry run, the latest first: who asked what, and which rule said no. */
final class DeniedTable extends TableView<Live<SeenCalls>> {

    private static final Comparator<Live<SeenCalls>> LATEST_FIRST =
            Comparator.comparing(row -> row.current().last(), Comparator.reverseOrder());

    private final SortedList<Live<SeenCalls>> sorted;

    DeniedTable(
            SecurityViewModel model,
            Workbench bench,
            RulePress press,
            ObservableValue<String> blocked,
            ObservableValue<Double> em) {
        SecurityWords words = new SecurityWords(bench.texts());
        sorted = new SortedList<>(model.denied(), LATEST_FIRST);
        setItems(sorted);
        setId("security-denied");
        setAccessibleText(bench.texts().get(Part.DENIED.titleKey()));
        Columns<Live<SeenCalls>> columns = new Columns<>(this, bench, em);
        columns.words(
                "security.last",
                5.5,
                row -> row.value().map(SeenCalls::last),
                at -> bench.formats().clock(at),
                "mesh-mono");
        columns.words(
                "security.caller",
                8,
                row -> row.value().map(calls -> words.caller(calls.source())),
                text -> text,
                "mesh-semibold");
        columns.words(
                "security.asked",
                12,
                row -> row.value().map(calls -> calls.service() + " " + calls.method() + " " + calls.path()),
                text -> text);
        columns.column(
                "security.what",
                9,
                row -> row.value().map(SeenCalls::decision),
                () -> new LampCell<Live<SeenCalls>, AccessDecision>(
                        decision -> decision == AccessDecision.DENIED ? LampState.OPEN : LampState.HALF_OPEN,
                        decision -> bench.texts().get("security.decision." + decision.wireName())));
        columns.words(
                "security.by",
                7,
                row -> row.value().map(calls -> words.rule(calls.rule())),
                text -> text,
                "mesh-muted");
        columns.figures(
                "security.count",
                5,
                row -> row.value().map(SeenCalls::count),
                count -> bench.formats().count(count));
        columns.column("", 14, Live::value, () -> new ActionCell(bench, press, blocked));
        getColumns().forEach(column -> column.setSortable(false));
    }

    /** Brings the latest to the top; rows keep their places while the pointer is over them. */
    void reorder() {
        if (!isHover()) {
            sorted.setComparator(LATEST_FIRST.thenComparing(row -> row.current().service()));
        }
    }

    /** Allow rules help where no rule denies; else the rule itself has to be looked at. */
    private static final class ActionCell extends TableCell<Live<SeenCalls>, SeenCalls> {

        private final MeshButton caller;
        private final MeshButton call;
        private final MeshButton policy;
        private final HBox buttons = new HBox();
        private final Workbench bench;

        ActionCell(Workbench bench, RulePress press, ObservableValue<String> blocked) {
            this.bench = bench;
            caller = new MeshButton(MeshButton.Kind.QUIET, bench.texts().get("security.allow.caller"))
                    .small()
                    .onPress(() -> press.caller(getItem()));
            call = new MeshButton(MeshButton.Kind.QUIET, bench.texts().get("security.allow.call"))
                    .small()
                    .onPress(() -> press.call(getItem()));
            policy = new MeshButton(MeshButton.Kind.QUIET, bench.texts().get("security.policy"))
                    .small()
                    .onPress(() -> press.openPolicy(getItem().service()));
            caller.blockedReasonProperty().bind(blocked);
            call.blockedReasonProperty().bind(blocked);
            buttons.setAlignment(Pos.CENTER_LEFT);
            getStyleClass().add("security-actions");
        }

        @Override
        protected void updateItem(@Nullable SeenCalls calls, boolean empty) {
            super.updateItem(calls, empty);
            if (empty || calls == null) {
                setGraphic(null);
                return;
            }
            if (!calls.rule().isEmpty()) {
                buttons.getChildren().setAll(policy);
            } else if (calls.path().isEmpty()) {
                buttons.getChildren().setAll(caller);
            } else {
                buttons.getChildren().setAll(call, caller);
            }
            for (MeshButton button : new MeshButton[] {caller, call, policy}) {
                button.setAccessibleText(
                        bench.texts().get("security.action.of", button.getText(), calls.source(), calls.service()));
            }
            setGraphic(buttons);
        }
    }
}
