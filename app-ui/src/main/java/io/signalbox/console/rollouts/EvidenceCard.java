package io.signalbox.console.rollouts;

import io.signalbox.console.screen.Workbench;
import io.signalbox.console.widget.Tag;
import io.signalbox.mesh.model.status.RolloutCause;
import io.signalbox.mesh.model.status.RolloutPhase;
import io.signalbox.mesh.model.status.RolloutStatus;
import io.signalbox.mesh.model.status.VerdictStatus;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** What the evidence says now, and its way between the border to roll back and the border to advance. */
final class EvidenceCard extends VBox {

    private final RolloutWords words;
    private final Tag verdict = Tag.plain("");
    private final Label says = RolloutPane.wrapped();
    private final Label missing = RolloutPane.wrapped("mesh-small", "mesh-muted");
    private final EvidenceLine line;

    EvidenceCard(Workbench bench) {
        words = new RolloutWords(bench);
        line = new EvidenceLine(bench.formats()::clock);
        Label title = new Label(bench.texts().get("rollouts.evidence"));
        title.getStyleClass().add("mesh-h3");
        HBox head = new HBox(title, verdict);
        head.getStyleClass().add("screen-pair");
        head.setAlignment(Pos.CENTER_LEFT);
        says.managedProperty().bind(says.visibleProperty());
        managedProperty().bind(visibleProperty());
        getStyleClass().addAll("mesh-card", "rollouts-card");
        VBox text = new VBox(head, says, missing);
        text.getStyleClass().add("rollouts-evidence-words");
        HBox.setHgrow(line, Priority.ALWAYS);
        getChildren().add(new HBox(text, line));
    }

    /** @param trace what the evidence said before, the newest last */
    void show(RolloutStatus rollout, EvidenceTrace trace) {
        setVisible(rollout.phase() != RolloutPhase.QUEUED);
        VerdictStatus now = rollout.verdict();
        verdict.setState(RolloutWords.lamp(rollout, now.kind()));
        verdict.setText(words.kind(rollout));
        boolean goesOn = rollout.phase() == RolloutPhase.RUNNING || rollout.phase() == RolloutPhase.BAKING;
        says.setVisible(goesOn);
        says.setText(words.why(rollout));
        boolean saysHowMany = goesOn && rollout.cause() == RolloutCause.VERDICT;
        missing.setText(saysHowMany ? words.outcome(rollout) : words.verdict(rollout));
        line.borders(words.upper(rollout), words.lower(rollout));
        line.show(trace, now.line(), words.line(rollout));
    }
}
