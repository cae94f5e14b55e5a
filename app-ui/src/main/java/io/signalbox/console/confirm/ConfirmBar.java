package io.signalbox.console.confirm;

import io.signalbox.console.format.Formats;
import io.signalbox.console.text.Texts;
import io.signalbox.console.widget.Lamp;
import io.signalbox.console.widget.LampState;
import io.signalbox.console.widget.MeshButton;
import io.signalbox.mesh.client.PendingChange;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** The bar that counts down to when a change is taken back, with the two answers; no room while nothing waits. */
public final class ConfirmBar extends HBox {

    private final Texts texts;
    private final Formats formats;
    private final PendingViewModel model;
    private final Label title = new Label();
    private final Label who = new Label();

    public ConfirmBar(PendingViewModel model, Texts texts, Formats formats) {
        this.model = model;
        this.texts = texts;
        this.formats = formats;
        getStyleClass().add("mesh-confirm");
        setId("confirm");
        setAlignment(Pos.CENTER_LEFT);
        title.getStyleClass().add("mesh-medium");
        who.getStyleClass().addAll("mesh-small", "mesh-muted");
        for (Label line : new Label[] {title, who}) {
            line.setMinWidth(0);
            line.setWrapText(true);
        }
        MeshButton revert = new MeshButton(MeshButton.Kind.SECONDARY, texts.get("confirm.revert"), "fth-rotate-ccw")
                .onPress(model::revert);
        revert.setId("confirm-revert");
        MeshButton keep =
                new MeshButton(MeshButton.Kind.PRIMARY, texts.get("confirm.keep"), "fth-check").onPress(model::keep);
        keep.setId("confirm-keep");
        VBox words = new VBox(title, who);
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        getChildren().addAll(new Lamp(LampState.HALF_OPEN), words, revert, keep);
        model.next().subscribe(this::show);
        model.problem().subscribe((before, now) -> show(model.next().get()));
    }

    private void show(Optional<PendingViewModel.Waiting> next) {
        setVisible(next.isPresent());
        setManaged(next.isPresent());
        next.ifPresent(waiting -> {
            PendingChange change = waiting.change();
            String one =
                    texts.get("confirm.nobody", change.service(), change.revision(), formats.countdown(waiting.left()));
            title.setText(waiting.more() == 0 ? one : texts.get("confirm.more", one, waiting.more()));
            String said = change.reason().isEmpty()
                    ? texts.get("confirm.who", change.by())
                    : texts.get("confirm.who.why", change.by(), change.reason());
            String problem = model.problem().get();
            who.setText(problem.isEmpty() ? said : texts.get("confirm.failed", problem));
            setAccessibleText(title.getText() + ", " + who.getText());
        });
    }
}
