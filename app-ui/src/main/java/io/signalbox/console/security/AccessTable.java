package io.signalbox.console.security;

import io.signalbox.console.screen.Columns;
import io.signalbox.console.screen.Workbench;
import io.signalbox.console.widget.MeshButton;
import io.signalbox.mesh.model.Authorization.Action;
import io.signalbox.mesh.model.Authorization.Mode;
import io.signalbox.mesh.routing.Reach;
import javafx.beans.value.ObservableValue;
import javafx.collections.transformation.SortedList;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableView;
import org.jspecify.annotations.Nullable;

/** Who may call whom, a line for each caller of each service; the way for keys and screen readers. */
final class AccessTable extends TableView<Live<Access>> {

    AccessTable(
            SecurityViewModel model,
            Workbench bench,
            RulePress press,
            ObservableValue<String> blocked,
            ObservableValue<Double> em) {
        SecurityWords words = new SecurityWords(bench.texts());
        SortedList<Live<Access>> sorted = new SortedList<>(model.access());
        sorted.comparatorProperty().bind(comparatorProperty());
        setItems(sorted);
        setId("security-access");
        setAccessibleText(bench.texts().get(Part.ACCESS.titleKey()));
        Columns<Live<Access>> columns = new Columns<>(this, bench, em);
        columns.words("security.service", 10, row -> row.value().map(Access::service), text -> text, "mesh-semibold");
        columns.words(
                "security.caller", 10, row -> row.value().map(access -> words.caller(access.source())), text -> text);
        columns.column(
                "security.may",
                9,
                row -> row.value().map(Access::admittance),
                () -> new LampCell<Live<Access>, Admittance>(SecurityWords::lamp, words::admittance));
        columns.words(
                "security.by",
                10,
                row -> row.value()
                        .map(access -> (access.rules().isEmpty() ? words.rule("") : String.join(", ", access.rules()))
                                + (access.mode() == Mode.DRY_RUN
                                        ? ", " + bench.texts().get("security.trial")
                                        : "")),
                text -> text,
                "mesh-muted");
        columns.figures(
                "security.rate",
                5.5,
                row -> row.value().map(Access::requestsPerSecond),
                rate -> bench.formats().rateFigure(rate));
        columns.figures(
                "security.denied",
                5.5,
                row -> row.value().map(Access::denied),
                count -> bench.formats().count(count),
                count -> count > 0 ? "mesh-danger-text" : "");
        columns.figures(
                "security.decision.would-deny",
                5.5,
                row -> row.value().map(Access::wouldDeny),
                count -> bench.formats().count(count));
        columns.column("", 7.5, Live::value, () -> new ActionCell(bench, press, blocked))
                .setSortable(false);
    }

    /** Lets in who is out, and keeps out who is in. */
    private static final class ActionCell extends TableCell<Live<Access>, Access> {

        private final Workbench bench;
        private final MeshButton button;

        ActionCell(Workbench bench, RulePress press, ObservableValue<String> blocked) {
            this.bench = bench;
            button = new MeshButton(MeshButton.Kind.QUIET, "").small().onPress(() -> press.caller(getItem(), wanted()));
            button.blockedReasonProperty().bind(blocked);
            getStyleClass().add("security-actions");
        }

        private Action wanted() {
            return getItem().extent() == Reach.Extent.NONE ? Action.ALLOW : Action.DENY;
        }

        @Override
        protected void updateItem(@Nullable Access access, boolean empty) {
            super.updateItem(access, empty);
            if (empty || access == null || access.isOfOthers()) {
                setGraphic(null);
                return;
            }
            button.setText(bench.texts().get("security." + wanted().wireName()));
            button.setAccessibleText(
                    bench.texts().get("security.action.of", button.getText(), access.source(), access.service()));
            setGraphic(button);
        }
    }
}
