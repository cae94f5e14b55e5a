package io.signalbox.console.rollouts;

import io.signalbox.console.screen.Workbench;
import io.signalbox.console.widget.Lamp;
import io.signalbox.console.widget.LampState;
import io.signalbox.mesh.model.status.CheckStatus;
import io.signalbox.mesh.model.status.RolloutPhase;
import io.signalbox.mesh.model.status.RolloutStatus;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** Why a rollout does not go on, in one sentence, and the evidence behind it; gone while it goes on by itself. */
final class WhyCard extends VBox {

    private final Workbench bench;
    private final RolloutWords words;
    private final Lamp lamp = new Lamp(LampState.INFO);
    private final Label title = new Label();
    private final Label why = RolloutPane.wrapped("rollouts-why");
    private final VBox evidence = new VBox();

    WhyCard(Workbench bench) {
        this.bench = bench;
        words = new RolloutWords(bench);
        title.getStyleClass().add("mesh-h3");
        HBox head = new HBox(lamp, title);
        head.getStyleClass().add("screen-pair");
        head.setAlignment(Pos.CENTER_LEFT);
        evidence.getStyleClass().add("rollouts-why-evidence");
        evidence.managedProperty().bind(evidence.visibleProperty());
        managedProperty().bind(visibleProperty());
        getStyleClass().addAll("mesh-card", "rollouts-card");
        getChildren().addAll(head, why, evidence);
    }

    void show(RolloutStatus rollout) {
        boolean stands = rollout.phase() != RolloutPhase.RUNNING && rollout.phase() != RolloutPhase.BAKING;
        setVisible(stands);
        if (!stands) {
            return;
        }
        lamp.setState(RolloutWords.lamp(rollout));
        title.setText(words.stopped(rollout.phase()));
        why.setText(words.why(rollout));
        List<CheckStatus> grounds = grounds(rollout);
        evidence.setVisible(rollout.phase() != RolloutPhase.QUEUED);
        Label said = RolloutPane.wrapped("mesh-small", "mesh-muted");
        said.setText(bench.texts().get("rollouts.stop.said", words.verdict(rollout)));
        evidence.getChildren().setAll(said);
        grounds.forEach(check -> evidence.getChildren().add(line(check)));
    }

    /** What is broken; where nothing is, what was not known yet. */
    private static List<CheckStatus> grounds(RolloutStatus rollout) {
        List<CheckStatus> checks = rollout.verdict().checks();
        List<CheckStatus> broken = checks.stream()
                .filter(check -> check.state() == CheckStatus.State.BROKEN)
                .toList();
        return broken.isEmpty()
                ? checks.stream()
                        .filter(check -> check.state() == CheckStatus.State.OPEN && RolloutWords.isKnown(check))
                        .toList()
                : broken;
    }

    private HBox line(CheckStatus check) {
        Label text = RolloutPane.wrapped("mesh-small");
        text.setText(words.ground(check));
        HBox line = new HBox(new Lamp(RolloutWords.lamp(check.state())), text);
        line.getStyleClass().add("screen-pair");
        line.setAlignment(Pos.TOP_LEFT);
        return line;
    }
}
