package io.signalbox.console.connections;

import io.signalbox.console.profiles.ConnectionProfile;
import io.signalbox.console.screen.Workbench;
import io.signalbox.console.widget.MeshButton;
import io.signalbox.console.widget.Question;
import io.signalbox.mesh.client.remote.ProbeFinding;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** Says that a control plane shows another certificate than the compared one. Nothing here believes the new one. */
final class ChangedDialog extends VBox {

    private final MeshButton leave;

    /** @param forget believes the old one no more; the new one has to be compared then */
    ChangedDialog(ConnectionProfile profile, ProbeFinding.Changed changed, Workbench bench, Runnable forget) {
        getStyleClass().addAll("mesh-dialog", "connections-dialog");
        getStylesheets().add(ConnectionsScreen.sheet());
        setId("changed");
        leave = new MeshButton(MeshButton.Kind.PRIMARY, bench.texts().get("connections.trust.leave"))
                .onPress(bench.shell().overlays()::closeCard);
        MeshButton forgetting =
                new MeshButton(MeshButton.Kind.DANGER, bench.texts().get("connections.changed.forget"));
        forgetting.onPress(() -> bench.shell()
                .overlays()
                .ask(
                        new Question(
                                bench.texts().get("connections.changed.forget.title", profile.name()),
                                bench.texts().get("connections.changed.forget.sentence"),
                                bench.texts().get("connections.changed.forget.confirm"),
                                "fth-x",
                                Question.Weight.DANGEROUS,
                                Question.Reason.NOT_ASKED),
                        why -> forget.run()));
        HBox buttons = new HBox(forgetting, leave);
        buttons.getStyleClass().add("mesh-buttons");
        buttons.setAlignment(Pos.CENTER_RIGHT);
        String before = bench.texts().get("connections.changed.before");
        String now = bench.texts().get("connections.changed.now");
        getChildren()
                .addAll(
                        line(
                                bench.texts().get("connections.changed.title", profile.name()),
                                "mesh-h2",
                                "mesh-danger-text"),
                        line(bench.texts().get("connections.changed.sentence"), "mesh-muted"),
                        line(before, "mesh-caption"),
                        new FingerprintPane(changed.known(), before),
                        line(now, "mesh-caption"),
                        new FingerprintPane(changed.presented().fingerprint(), now),
                        buttons);
    }

    /** Where the focus starts. */
    Node safeButton() {
        return leave;
    }

    private static Label line(String words, String... styles) {
        Label label = new Label(words);
        label.getStyleClass().addAll(styles);
        label.setWrapText(true);
        return label;
    }
}
