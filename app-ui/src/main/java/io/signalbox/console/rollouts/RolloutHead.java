package io.signalbox.console.rollouts;

import io.signalbox.console.screen.Workbench;
import io.signalbox.console.widget.MeshButton;
import io.signalbox.console.widget.Tag;
import io.signalbox.console.widget.VersionBadge;
import io.signalbox.mesh.model.status.RolloutStatus;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** Which rollout is shown, how it stands in a word, and what can be done about it; never scrolled away. */
final class RolloutHead extends VBox {

    private static final double ROOM = 48;

    private final RolloutWords words;
    private final RolloutButtons buttons;
    private final Label service = new Label();
    private final VersionBadge stable = new VersionBadge("", VersionBadge.Role.STABLE);
    private final VersionBadge candidate = new VersionBadge("", VersionBadge.Role.CANDIDATE);
    private final Tag phase = Tag.plain("");
    private final Label started = RolloutPane.wrapped("mesh-small", "mesh-muted");

    private final HBox line = new HBox();
    private final VBox what;
    private final HBox acts;

    RolloutHead(RolloutsViewModel model, Workbench bench) {
        words = new RolloutWords(bench);
        buttons = new RolloutButtons(model, bench);
        MeshButton back = new MeshButton(
                        MeshButton.Kind.SECONDARY, bench.texts().get("rollouts.past.back"), "fth-arrow-left")
                .onPress(model::leaveOpened);
        back.visibleProperty().bind(model.opened().map(opened -> opened.isPresent()));
        back.managedProperty().bind(back.visibleProperty());
        getStyleClass().add("rollouts-head");
        line.getStyleClass().add("screen-pair");
        line.setAlignment(Pos.CENTER_LEFT);
        service.getStyleClass().add("mesh-h2");
        service.setMinWidth(0);
        Label arrow = new Label("→");
        arrow.setMinWidth(USE_PREF_SIZE);
        HBox title = new HBox(service, stable, arrow, candidate, phase);
        title.getStyleClass().add("screen-pair");
        title.setAlignment(Pos.CENTER_LEFT);
        what = new VBox(title, started);
        what.getStyleClass().add("rollouts-head-words");
        what.setMinWidth(0);
        acts = new HBox(back, buttons);
        acts.getStyleClass().add("screen-pair");
        acts.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(what, Priority.ALWAYS);
        HBox.setHgrow(buttons, Priority.ALWAYS);
        getChildren().addAll(what, acts);
        widthProperty().subscribe(width -> arrange());
        service.fontProperty().subscribe(font -> arrange());
    }

    /** The buttons stand right of the words where there is room, else below them. */
    private void arrange() {
        double size = service.getFont().getSize();
        boolean room = getWidth() >= ROOM * size;
        buttons.setPrefWrapLength(ROOM / 2 * size);
        buttons.setAlignment(room ? Pos.CENTER_RIGHT : Pos.CENTER_LEFT);
        if (room && line.getChildren().isEmpty()) {
            getChildren().clear();
            line.getChildren().setAll(what, acts);
            getChildren().setAll(line);
        } else if (!room && !line.getChildren().isEmpty()) {
            line.getChildren().clear();
            getChildren().setAll(what, acts);
        }
    }

    /** @param reason nothing can be changed now; empty while it can */
    void block(String reason) {
        buttons.block(reason);
    }

    void show(RolloutStatus rollout) {
        buttons.show(rollout);
        service.setText(rollout.service());
        stable.setText(rollout.stable());
        candidate.setText(rollout.candidate());
        phase.setText(words.phase(rollout.phase()));
        phase.setState(RolloutWords.lamp(rollout));
        started.setText(words.started(rollout));
    }
}
