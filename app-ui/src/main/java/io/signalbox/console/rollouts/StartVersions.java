package io.signalbox.console.rollouts;

import io.signalbox.console.text.Texts;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** Which service, from which version, to which. */
final class StartVersions extends HBox {

    private final Texts texts;
    private final List<Candidates> choices;
    private final ComboBox<String> service = new ComboBox<>();
    private final ComboBox<String> stable = new ComboBox<>();
    private final ComboBox<String> candidate = new ComboBox<>();
    private final Label stableCaption = new Label();
    private final Label candidateCaption = new Label();
    private final ReadOnlyLongWrapper changed = new ReadOnlyLongWrapper(this, "changed");
    private boolean filling;

    StartVersions(Texts texts, List<Candidates> choices) {
        this.texts = texts;
        this.choices = choices;
        service.setId("rollouts-start-service");
        stable.setId("rollouts-start-stable");
        candidate.setId("rollouts-start-candidate");
        getStyleClass().add("rollouts-start-versions");
        getChildren()
                .addAll(
                        field(new Label(texts.get("rollouts.start.service")), service),
                        field(stableCaption, stable),
                        field(candidateCaption, candidate));
        choices.forEach(choice -> service.getItems().add(choice.service()));
        service.valueProperty().subscribe((before, now) -> fill());
        candidate.valueProperty().subscribe((before, now) -> besideCandidate());
        stable.valueProperty().subscribe((before, now) -> change());
    }

    ComboBox<String> service() {
        return service;
    }

    /** Counts up whenever other versions are chosen. */
    ReadOnlyLongProperty changed() {
        return changed.getReadOnlyProperty();
    }

    /** What is chosen; empty while something is missing. */
    Optional<Pair> chosen() {
        String from = stable.getValue();
        String to = candidate.getValue();
        return from == null || to == null ? Optional.empty() : of().map(found -> new Pair(found, from, to));
    }

    /** Begins with that service, or with the first. */
    void choose(Optional<String> wanted) {
        service.getSelectionModel()
                .select(wanted.filter(service.getItems()::contains)
                        .orElse(choices.getFirst().service()));
    }

    /** Names the versions as this kind does. */
    void name(StartKind kind) {
        boolean ab = kind == StartKind.AB_TEST;
        stableCaption.setText(texts.get(ab ? "rollouts.start.ab.a" : "rollouts.start.stable"));
        candidateCaption.setText(texts.get(ab ? "rollouts.start.ab.b" : "rollouts.start.candidate"));
        stable.setAccessibleText(stableCaption.getText());
        candidate.setAccessibleText(candidateCaption.getText());
    }

    private Optional<Candidates> of() {
        return choices.stream()
                .filter(choice -> choice.service().equals(service.getValue()))
                .findFirst();
    }

    private void fill() {
        filling = true;
        of().ifPresent(chosen -> {
            stable.getItems().setAll(chosen.all());
            candidate.getItems().setAll(chosen.versions());
            candidate.getSelectionModel().selectFirst();
        });
        filling = false;
        besideCandidate();
    }

    /** The version that a candidate would take the place of. */
    private void besideCandidate() {
        if (filling) {
            return;
        }
        filling = true;
        String to = candidate.getValue();
        if (to != null) {
            of().ifPresent(chosen -> stable.getSelectionModel().select(chosen.stableBeside(to)));
        }
        filling = false;
        change();
    }

    private void change() {
        if (!filling) {
            changed.set(changed.get() + 1);
        }
    }

    /** A choice below its caption, as wide as there is room. */
    static VBox field(Label caption, ComboBox<?> box) {
        caption.getStyleClass().add("mesh-caption");
        caption.setLabelFor(box);
        box.setAccessibleText(caption.getText());
        box.setMaxWidth(Double.MAX_VALUE);
        VBox field = new VBox(caption, box);
        field.getStyleClass().add("mesh-field");
        field.setMinWidth(0);
        field.setPrefWidth(0);
        HBox.setHgrow(field, Priority.ALWAYS);
        return field;
    }

    /** Two versions of a service. */
    record Pair(Candidates service, String stable, String candidate) {}
}
