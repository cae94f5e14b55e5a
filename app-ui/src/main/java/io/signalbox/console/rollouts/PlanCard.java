package io.signalbox.console.rollouts;

import io.signalbox.console.screen.Workbench;
import io.signalbox.console.widget.Tag;
import io.signalbox.mesh.model.CanaryStep;
import io.signalbox.mesh.model.status.RolloutPhase;
import io.signalbox.mesh.model.status.RolloutStatus;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** The stages and steps of a rollout as a track, and where it stands on it. */
final class PlanCard extends VBox {

    private final Workbench bench;
    private final RolloutWords words;
    private final StepTrack track;
    private final Label weight = new Label();
    private final Label progress = RolloutPane.wrapped("mesh-small", "mesh-muted");
    private final Tag kind;
    private final Label atOnce = RolloutPane.wrapped("mesh-small", "mesh-muted");
    private final Label gates = RolloutPane.wrapped("mesh-small", "mesh-muted");

    PlanCard(Workbench bench) {
        this.bench = bench;
        words = new RolloutWords(bench);
        track = new StepTrack(words::ahead, words::stage);
        weight.getStyleClass().add("mesh-figure-m");
        weight.setMinWidth(USE_PREF_SIZE);
        HBox share = new HBox(weight, progress);
        share.getStyleClass().add("screen-pair");
        share.setAlignment(Pos.BASELINE_LEFT);
        gates.setText(bench.texts().get("rollouts.gate"));
        gates.managedProperty().bind(gates.visibleProperty());
        Label title = new Label(bench.texts().get("rollouts.plan"));
        title.getStyleClass().add("mesh-h3");
        kind = Tag.plain(bench.texts().get("rollouts.blue-green"));
        kind.visibleProperty().bind(atOnce.visibleProperty());
        atOnce.managedProperty().bind(atOnce.visibleProperty());
        HBox head = new HBox(title, kind);
        head.getStyleClass().add("screen-pair");
        head.setAlignment(Pos.CENTER_LEFT);
        getStyleClass().addAll("mesh-card", "rollouts-card");
        getChildren().addAll(head, track, share, atOnce, gates);
    }

    void show(RolloutStatus rollout) {
        boolean begun = rollout.phase() != RolloutPhase.QUEUED;
        weight.setText(begun ? bench.formats().percent(rollout.weight().percent()) : "");
        progress.setText(
                (begun ? bench.texts().get("rollouts.to", rollout.candidate()) + " " : "") + words.progress(rollout));
        track.show(rollout, weight.getText() + " " + progress.getText());
        atOnce.setVisible(rollout.kind() == RolloutStatus.Kind.BLUE_GREEN);
        atOnce.setText(words.atOnce(rollout));
        gates.setVisible(
                TrackStop.of(rollout, words::stage).stream().anyMatch(stop -> stop.gate() == CanaryStep.Gate.MANUAL));
    }
}
