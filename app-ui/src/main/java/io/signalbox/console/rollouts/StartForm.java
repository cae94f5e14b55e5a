package io.signalbox.console.rollouts;

import io.signalbox.console.screen.Workbench;
import io.signalbox.mesh.model.InvalidValueException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The fields that one kind of rollout has, and no others. */
abstract sealed class StartForm extends VBox permits StartCanaryForm, StartBlueGreenForm, StartAbForm {

    /** Of a row, about. Taken from nothing, the height of what wraps would be that of a word to a line. */
    private static final double WIDTH = 480;

    private final Workbench bench;
    private final List<StartField<?>> fields = new ArrayList<>();

    StartForm(Workbench bench) {
        this.bench = bench;
        getStyleClass().add("rollouts-start-form");
        managedProperty().bind(visibleProperty());
    }

    /** Says what holds where nothing is typed, as the policy has it of these versions. */
    abstract void follow(StartGround ground);

    /** @throws InvalidValueException when what is typed does not fit together */
    abstract Start read(StartGround ground);

    /** The field that has to be filled before what the mesh calls so fits; empty where one that is filled does not fit. */
    Optional<StartField<?>> missing(String name) {
        return Optional.empty();
    }

    /** The field that the mesh means by a name. */
    abstract Optional<StartField<?>> meant(String name);

    /** Says in the person's words what does not fit: beside its field where there is one, unless nobody was there yet. */
    final StartRefusal refusal(InvalidValueException unfit) {
        Optional<StartField<?>> missing = missing(unfit.field());
        if (missing.isPresent()) {
            StartField<?> field = missing.get();
            return field.isTouched()
                    ? beside(field, text("rollouts.start.missing", field.caption()))
                    : new StartRefusal.Missing(text("rollouts.start.missing", field.caption()));
        }
        return meant(unfit.field())
                .<StartRefusal>map(field -> beside(field, field.wrong(unfit, bench.texts())))
                .orElseGet(() -> new StartRefusal.Unfit(
                        switch (unfit.field()) {
                            case "canary.candidate", "abTest.versionB" -> text("rollouts.start.same", unfit.value());
                            default -> text("rollouts.start.unfit", String.valueOf(unfit.getMessage()));
                        }));
    }

    private static StartRefusal beside(StartField<?> field, String why) {
        field.refuse(why);
        return new StartRefusal.Beside(why);
    }

    /** Puts what is asked side by side, each as wide as the others. */
    final void row(Region... nodes) {
        HBox row = new HBox(nodes);
        row.getStyleClass().add("rollouts-start-versions");
        getChildren().add(row);
        for (Region node : nodes) {
            node.setPrefWidth(WIDTH / nodes.length);
            node.setMaxWidth(Double.MAX_VALUE);
            HBox.setHgrow(node, Priority.ALWAYS);
            if (node instanceof StartField<?> field) {
                fields.add(field);
            }
        }
    }

    final List<TextField> typed() {
        return fields.stream().map(StartField::typed).toList();
    }

    /** Says beside each field what is wrong with it, and answers the first; empty when all is well. */
    final String check() {
        return fields.stream().map(field -> field.check(bench.texts())).toList().stream()
                .filter(wrong -> !wrong.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** What stands in a field where nothing is typed. */
    final String otherwise(boolean policy, String value) {
        return text(policy ? "rollouts.start.as-policy" : "rollouts.start.by-default", value);
    }

    final Workbench bench() {
        return bench;
    }

    final String text(String key, Object... values) {
        return bench.texts().get(key, values);
    }
}
