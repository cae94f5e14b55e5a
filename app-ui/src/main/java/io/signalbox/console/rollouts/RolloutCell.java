package io.signalbox.console.rollouts;

import io.signalbox.console.screen.Page;
import io.signalbox.console.screen.Workbench;
import io.signalbox.console.widget.Lamp;
import io.signalbox.console.widget.LampState;
import io.signalbox.mesh.model.status.RolloutPhase;
import io.signalbox.mesh.model.status.RolloutStatus;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/** A rollout in the list: its service, its versions, how it stands and with which weight. */
final class RolloutCell extends ListCell<RolloutRow> {

    private final Workbench bench;
    private final RolloutWords words;
    private final Label service = new Label();
    private final Label weight = new Label();
    private final Lamp lamp = new Lamp(LampState.INFO);
    private final Label phase = new Label();
    private final VBox cell;
    private Subscription following = Subscription.EMPTY;

    RolloutCell(Workbench bench) {
        this.bench = bench;
        words = new RolloutWords(bench);
        service.getStyleClass().add("mesh-semibold");
        service.setMinWidth(0);
        weight.getStyleClass().addAll("mesh-mono", "mesh-small");
        weight.setMinWidth(USE_PREF_SIZE);
        phase.getStyleClass().addAll("mesh-small", "mesh-muted");
        phase.setMinWidth(0);
        HBox first = new HBox(service, Page.space(), weight);
        first.getStyleClass().add("screen-pair");
        first.setAlignment(Pos.CENTER_LEFT);
        HBox second = new HBox(lamp, phase);
        second.getStyleClass().add("screen-pair");
        second.setAlignment(Pos.CENTER_LEFT);
        cell = new VBox(first, second);
        cell.getStyleClass().add("rollouts-cell");
        cell.setAlignment(Pos.CENTER_LEFT);
        cell.setMinWidth(0);
        setMinWidth(0);
        setPrefWidth(0);
    }

    @Override
    protected void updateItem(@Nullable RolloutRow row, boolean empty) {
        super.updateItem(row, empty);
        following.unsubscribe();
        following = Subscription.EMPTY;
        if (empty || row == null) {
            setGraphic(null);
            setAccessibleText("");
            return;
        }
        following = row.status().subscribe(this::show);
        setGraphic(cell);
    }

    private void show(RolloutStatus rollout) {
        service.setText(rollout.service());
        weight.setText(
                rollout.phase().ended() || rollout.phase() == RolloutPhase.QUEUED
                        ? ""
                        : bench.formats().percent(rollout.weight().percent()));
        lamp.setState(RolloutWords.lamp(rollout));
        phase.setText(rollout.stable() + " → " + rollout.candidate() + ", " + words.phase(rollout.phase()));
        setAccessibleText(String.join(", ", service.getText(), phase.getText(), weight.getText()));
    }
}
