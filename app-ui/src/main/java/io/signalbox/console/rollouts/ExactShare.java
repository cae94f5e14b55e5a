package io.signalbox.console.rollouts;

import io.signalbox.console.text.Texts;
import io.signalbox.console.widget.CanarySliderModel;
import io.signalbox.console.widget.FieldError;
import io.signalbox.console.widget.MeshButton;
import io.signalbox.mesh.model.InvalidValueException;
import javafx.geometry.Pos;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** A field for a share in percent, for who knows the number; Enter applies it. */
final class ExactShare extends VBox {

    private final CanarySliderModel wish;
    private final TextField field = new TextField();
    private final FieldError error = new FieldError(field);
    private final MeshButton set;

    ExactShare(CanarySliderModel wish, Texts texts) {
        this.wish = wish;
        set = new MeshButton(MeshButton.Kind.SECONDARY, texts.get("rollouts.lever.exact.set"))
                .small()
                .onPress(this::apply);
        field.setId("rollouts-exact");
        field.setPromptText(texts.get("rollouts.lever.exact.prompt"));
        field.setAccessibleText(texts.get("rollouts.lever.exact"));
        field.setPrefColumnCount(5);
        field.setMinWidth(USE_PREF_SIZE);
        field.textProperty().subscribe(typed -> error.say(""));
        field.setOnAction(event -> set.fire());
        HBox line = new HBox(field, set);
        line.getStyleClass().add("screen-pair");
        line.setAlignment(Pos.CENTER_LEFT);
        getStyleClass().add("rollouts-exact");
        getChildren().addAll(line, error);
    }

    /** @param reason nothing can be changed now; empty while it can */
    void block(String reason) {
        field.setDisable(!reason.isEmpty());
        set.blockedReasonProperty().set(reason);
    }

    private void apply() {
        String typed = field.getText().replace("%", "").strip();
        boolean fits = typed.matches("\\d{1,3}") && Integer.parseInt(typed) <= 100;
        if (!fits) {
            error.say(String.valueOf(
                    new InvalidValueException("weight", field.getText().strip(), "0..100").getMessage()));
            return;
        }
        wish.moveTo(Integer.parseInt(typed));
        wish.confirm();
        field.clear();
    }
}
