package io.signalbox.console.widget;

import io.signalbox.console.text.Texts;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** The card that asks a {@link Question}: the focus starts on the safe button, Escape is the safe answer. */
final class QuestionDialog extends VBox {

    private final MeshButton cancel;
    private final TextField reason = new TextField();

    /**
     * The card for one question.
     *
     * @param confirmed hears the reason, empty where none was asked
     * @param left hears that nothing is to change
     */
    QuestionDialog(Question question, Texts texts, Consumer<String> confirmed, Runnable left) {
        getStyleClass().add("mesh-dialog");
        Label title = new Label(question.title());
        title.getStyleClass().add("mesh-h2");
        title.setWrapText(true);
        Label sentence = new Label(question.sentence());
        sentence.getStyleClass().add("mesh-muted");
        sentence.setWrapText(true);
        getChildren().addAll(title, sentence);
        setAccessibleText(question.title() + " " + question.sentence());

        boolean dangerous = question.weight() == Question.Weight.DANGEROUS;
        MeshButton confirm = new MeshButton(
                dangerous ? MeshButton.Kind.CONFIRM_DANGER : MeshButton.Kind.PRIMARY,
                question.confirm(),
                question.icon());
        confirm.setOnAction(event -> confirmed.accept(reason.getText().strip()));
        cancel = new MeshButton(MeshButton.Kind.SECONDARY, texts.get("dialog.cancel")).onPress(left);
        if (question.reason() == Question.Reason.REQUIRED) {
            Label caption = new Label(texts.get("dialog.reason"));
            caption.getStyleClass().add("mesh-caption");
            caption.setLabelFor(reason);
            reason.getStyleClass().add("mesh-reason");
            reason.setOnAction(event -> confirm.fire());
            reason.textProperty()
                    .subscribe(typed -> confirm.blockedReasonProperty()
                            .set(typed.isBlank() ? texts.get("dialog.reason.missing") : ""));
            getChildren().add(labelled(caption));
        }
        HBox buttons = new HBox(cancel, confirm);
        buttons.getStyleClass().add("mesh-buttons");
        buttons.setAlignment(Pos.CENTER_RIGHT);
        getChildren().add(buttons);
    }

    private Node labelled(Label caption) {
        VBox field = new VBox(caption, reason);
        field.getStyleClass().add("mesh-field");
        return field;
    }

    /** Where the focus starts. */
    Node safeButton() {
        return cancel;
    }
}
