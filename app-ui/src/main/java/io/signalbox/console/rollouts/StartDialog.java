package io.signalbox.console.rollouts;

import io.signalbox.console.control.Outcome;
import io.signalbox.console.screen.Feedback;
import io.signalbox.console.screen.Workbench;
import io.signalbox.console.whatif.WhatIfModel;
import io.signalbox.console.whatif.WhatIfView;
import io.signalbox.console.widget.FieldError;
import io.signalbox.console.widget.MeshButton;
import io.signalbox.mesh.client.RolloutRequest;
import io.signalbox.mesh.model.DurationText;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.whatif.Question;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Asks which service is to be rolled out, to which version and how; what is left empty is the policy's word. */
final class StartDialog extends VBox {

    private final RolloutsViewModel model;
    private final Workbench bench;
    private final List<Candidates> choices;
    private final ComboBox<String> service = new ComboBox<>();
    private final ComboBox<String> candidate = new ComboBox<>();
    private final TextField delay = new TextField();
    private final TextField weight = new TextField();
    private final TextField reason = new TextField();
    private final FieldError delayError = new FieldError(delay);
    private final FieldError weightError = new FieldError(weight);
    private final FieldError refused = new FieldError(reason);
    private final MeshButton start;
    private final MeshButton ask;
    private final WhatIfModel whatIf;

    StartDialog(RolloutsViewModel model, Workbench bench) {
        this.model = model;
        this.bench = bench;
        choices = model.candidates().get();
        start = new MeshButton(MeshButton.Kind.PRIMARY, text("rollouts.start.confirm"), "fth-play")
                .onPress(this::start);
        whatIf = new WhatIfModel(bench.commands());
        ask = new MeshButton(MeshButton.Kind.SECONDARY, text("whatif.ask"), "fth-help-circle").onPress(this::whatIf);
        getStyleClass().addAll("mesh-dialog", "rollouts-start");
        setId("rollouts-start");
        Label title = new Label(text("rollouts.start.title"));
        title.getStyleClass().add("mesh-h2");
        Label sentence = RolloutPane.wrapped("mesh-muted");
        sentence.setText(text(choices.isEmpty() ? "rollouts.start.nothing" : "rollouts.start.sentence"));
        MeshButton cancel = new MeshButton(MeshButton.Kind.SECONDARY, text("dialog.cancel"))
                .onPress(bench.shell().overlays()::closeCard);
        HBox buttons = new HBox(cancel);
        buttons.getStyleClass().add("mesh-buttons");
        buttons.setAlignment(Pos.CENTER_RIGHT);
        getChildren().addAll(title, sentence);
        setAccessibleText(title.getText() + " " + sentence.getText());
        if (!choices.isEmpty()) {
            buttons.getChildren().addAll(ask, start);
            getChildren()
                    .addAll(
                            field("rollouts.start.service", service),
                            field("rollouts.start.candidate", candidate),
                            field("rollouts.start.weight", weight, weightError),
                            field("rollouts.start.delay", delay, delayError),
                            field("dialog.reason", reason, refused),
                            new WhatIfView(whatIf, bench));
            fill();
        }
        getChildren().add(buttons);
    }

    /** Where the focus starts. */
    Node first() {
        return choices.isEmpty() ? this : service;
    }

    private void fill() {
        reason.getStyleClass().add("mesh-reason");
        weight.setPromptText(text("rollouts.start.weight.prompt"));
        delay.setPromptText(text("rollouts.start.delay.prompt"));
        service.setId("rollouts-start-service");
        candidate.setId("rollouts-start-candidate");
        weight.setId("rollouts-start-weight");
        delay.setId("rollouts-start-delay");
        choices.forEach(choice -> service.getItems().add(choice.service()));
        service.valueProperty().subscribe(chosen -> {
            candidate
                    .getItems()
                    .setAll(choices.stream()
                            .filter(choice -> choice.service().equals(chosen))
                            .flatMap(choice -> choice.versions().stream())
                            .toList());
            candidate.getSelectionModel().selectFirst();
            check();
        });
        candidate.valueProperty().subscribe(chosen -> whatIf.forget());
        service.getSelectionModel()
                .select(model.chosen()
                        .get()
                        .map(rollout -> rollout.service())
                        .filter(service.getItems()::contains)
                        .orElse(choices.getFirst().service()));
        for (TextField typed : List.of(weight, delay, reason)) {
            typed.textProperty().subscribe(words -> check());
            typed.setOnAction(event -> start.fire());
        }
    }

    private void check() {
        weightError.say(problem(() -> percent()));
        delayError.say(problem(() -> delay()));
        refused.say("");
        whatIf.forget();
        ask.blockedReasonProperty()
                .set(
                        weightError.getText().isEmpty() && !weight.getText().isBlank()
                                ? ""
                                : text("rollouts.start.ask.weight"));
        boolean wrong =
                !weightError.getText().isEmpty() || !delayError.getText().isEmpty();
        start.blockedReasonProperty()
                .set(
                        wrong
                                ? weightError.getText() + delayError.getText()
                                : reason.getText().isBlank() ? text("dialog.reason.missing") : "");
    }

    /** Asks about the first step: the share that the candidate begins with. */
    private void whatIf() {
        Integer begins = percent();
        if (begins != null) {
            whatIf.ask(Question.ofWeights(service.getValue(), Map.of(candidate.getValue(), new Weight(begins))));
        }
    }

    private void start() {
        RolloutRequest request =
                new RolloutRequest(candidate.getValue(), null, percent(), null, delay(), null, null, null);
        String of = service.getValue();
        String why = reason.getText().strip();
        start.busyProperty().set(true);
        model.start(of, request, why, outcome -> {
            start.busyProperty().set(false);
            switch (outcome) {
                case Outcome.Done() -> {
                    bench.shell().overlays().closeCard();
                    new Feedback(bench)
                            .telling(text("rollouts.start.done", of, candidate.getValue()), why)
                            .accept(outcome);
                }
                case Outcome.Failed failed -> refused.say(failed.message());
            }
        });
    }

    private @Nullable Integer percent() {
        String typed = weight.getText().strip().replace("%", "").strip();
        if (typed.isEmpty()) {
            return null;
        }
        boolean fits = typed.matches("\\d{1,3}") && Integer.parseInt(typed) <= 100;
        InvalidValueException.unless(fits, "weight", typed, "0..100");
        return Integer.valueOf(typed);
    }

    private @Nullable Duration delay() {
        String typed = delay.getText().replace(" ", "");
        return typed.isEmpty() ? null : DurationText.parse("delay", typed);
    }

    private static String problem(Runnable reading) {
        try {
            reading.run();
            return "";
        } catch (InvalidValueException wrong) {
            return String.valueOf(wrong.getMessage());
        }
    }

    private VBox field(String key, Control control, Label... below) {
        Label caption = new Label(text(key));
        caption.getStyleClass().add("mesh-caption");
        caption.setLabelFor(control);
        control.setAccessibleText(caption.getText());
        control.setMaxWidth(Double.MAX_VALUE);
        VBox field = new VBox(caption, control);
        field.getChildren().addAll(below);
        field.getStyleClass().add("mesh-field");
        return field;
    }

    private String text(String key, Object... values) {
        return bench.texts().get(key, values);
    }
}
