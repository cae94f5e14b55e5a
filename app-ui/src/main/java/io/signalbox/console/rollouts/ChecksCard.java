package io.signalbox.console.rollouts;

import io.signalbox.console.screen.Workbench;
import io.signalbox.console.widget.Tag;
import io.signalbox.mesh.model.status.CheckStatus;
import io.signalbox.mesh.model.status.RolloutPhase;
import io.signalbox.mesh.model.status.RolloutStatus;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/** Every check of the verdict with its numbers. */
final class ChecksCard extends VBox {

    private final RolloutWords words;
    private final Figures checks;
    private List<CheckStatus> shown = List.of();

    ChecksCard(Workbench bench) {
        words = new RolloutWords(bench);
        Label title = new Label(bench.texts().get("rollouts.checks"));
        title.getStyleClass().add("mesh-h3");
        checks = new Figures(List.of(
                bench.texts().get("rollouts.check"),
                bench.texts().get("rollouts.check.observed"),
                bench.texts().get("rollouts.check.bound"),
                bench.texts().get("rollouts.check.state")));
        managedProperty().bind(visibleProperty());
        getStyleClass().addAll("mesh-card", "rollouts-card");
        getChildren().addAll(title, checks);
    }

    void show(RolloutStatus rollout) {
        List<CheckStatus> now = rollout.verdict().checks();
        setVisible(rollout.phase() != RolloutPhase.QUEUED && !now.isEmpty());
        if (now.equals(shown)) {
            return;
        }
        shown = now;
        checks.clear();
        now.forEach(check -> checks.add(
                Figures.name(words.name(check), words.interval(check)),
                Figures.figure(words.observed(check)),
                Figures.figure(words.value(check.name(), check.bound())),
                Tag.of(RolloutWords.lamp(check.state()), words.state(check.state()))));
    }
}
