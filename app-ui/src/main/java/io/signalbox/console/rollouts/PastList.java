package io.signalbox.console.rollouts;

import io.signalbox.console.screen.Workbench;
import io.signalbox.console.widget.MeshButton;
import io.signalbox.console.widget.Tag;
import io.signalbox.mesh.model.status.RolloutStatus;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The rollouts of a service that ended: how, when, by whom and why. */
final class PastList extends VBox {

    private static final int MOST = 20;

    private final Workbench bench;
    private final RolloutWords words;

    private final RolloutsViewModel model;

    PastList(RolloutsViewModel model, Workbench bench) {
        this.model = model;
        this.bench = bench;
        words = new RolloutWords(bench);
        show(List.of());
    }

    void show(List<RolloutStatus> newestFirst) {
        VBox lines = new VBox();
        lines.getStyleClass().add("rollouts-past");
        if (newestFirst.isEmpty()) {
            Label none = RolloutPane.wrapped("mesh-small", "mesh-muted");
            none.setText(bench.texts().get("rollouts.past.none"));
            lines.getChildren().add(none);
        }
        newestFirst.stream().limit(MOST).map(this::line).forEach(lines.getChildren()::add);
        if (newestFirst.size() > MOST) {
            Label more = RolloutPane.wrapped("mesh-small", "mesh-muted");
            more.setText(bench.texts().get("rollouts.past.more", bench.formats().count(newestFirst.size() - MOST)));
            lines.getChildren().add(more);
        }
        getChildren().setAll(RolloutPane.card(bench.texts().get("rollouts.past"), lines));
    }

    private VBox line(RolloutStatus rollout) {
        Label what = new Label(bench.texts()
                .get(
                        "rollouts.past.line",
                        bench.formats().count(rollout.number()),
                        rollout.stable(),
                        rollout.candidate()));
        what.getStyleClass().add("mesh-semibold");
        what.setMinWidth(Region.USE_PREF_SIZE);
        Label when = new Label(words.ended(rollout));
        when.getStyleClass().addAll("mesh-small", "mesh-muted");
        FlowPane head = new FlowPane(what, Tag.of(RolloutWords.lamp(rollout), words.phase(rollout.phase())), when);
        head.setAlignment(Pos.CENTER_LEFT);
        head.getStyleClass().add("rollouts-past-head");
        Label why = RolloutPane.wrapped("mesh-small");
        why.setText(words.why(rollout));
        MeshButton open = new MeshButton(
                        MeshButton.Kind.QUIET, bench.texts().get("rollouts.past.open"), "fth-arrow-right")
                .small()
                .onPress(() -> model.open(rollout));
        open.setAccessibleText(
                bench.texts().get("rollouts.past.open.of", bench.formats().count(rollout.number())));
        VBox line = new VBox(head, why, open);
        line.getStyleClass().add("rollouts-past-line");
        return line;
    }
}
