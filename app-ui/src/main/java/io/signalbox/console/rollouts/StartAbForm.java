package io.signalbox.console.rollouts;

import io.signalbox.console.screen.Workbench;
import io.signalbox.mesh.model.AbWinner;
import io.signalbox.mesh.model.DurationText;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.model.Weight;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

/** An A/B test: which share B has, who is kept with a version by what, and which of them wins. */
final class StartAbForm extends StartForm {

    private static final Weight HALF = new Weight(50);

    private final StartField<Integer> weight;
    private final StartField<String> key;
    private final StartField<Duration> least;
    private final StartField<Duration> most;
    private final ComboBox<AbWinner.Metric> metric = new ComboBox<>();
    private final CheckBox promote;
    private boolean following;
    private boolean metricChosen;
    private boolean promoteChosen;

    StartAbForm(Workbench bench, Runnable changed) {
        super(bench);
        weight = StartField.percent("ab-weight", text("rollouts.start.ab.weight"), "weightB", 1);
        key = new StartField<>("ab-key", text("rollouts.start.ab.key"), typed -> typed);
        least = StartField.time("ab-least", text("rollouts.start.ab.least"), "minimumDuration");
        most = StartField.time("ab-most", text("rollouts.start.ab.most"), "maximumDuration");
        metric.setId("rollouts-start-ab-metric");
        metric.getItems().setAll(AbWinner.Metric.values());
        metric.setConverter(new Named());
        metric.setValue(AbWinner.DEFAULT.metric());
        metric.valueProperty().subscribe((before, now) -> {
            metricChosen |= !following;
            changed.run();
        });
        promote = new CheckBox(text("rollouts.start.ab.promote"));
        promote.setId("rollouts-start-ab-promote");
        promote.setWrapText(true);
        promote.selectedProperty().subscribe((before, now) -> {
            promoteChosen |= !following;
            changed.run();
        });
        row(weight, key);
        row(chosen(), promote);
        row(least, most);
    }

    private VBox chosen() {
        return StartVersions.field(new Label(text("rollouts.start.ab.metric")), metric);
    }

    @Override
    void follow(StartGround ground) {
        boolean policy = ground.abTest().isPresent();
        Weight share = ground.abTest().map(Splitting.AbTest::weightB).orElse(HALF);
        AbWinner rule = rule(ground);
        weight.otherwise(otherwise(policy, bench().formats().percent(share.percent())));
        least.otherwise(otherwise(policy, DurationText.format(rule.minimumDuration())));
        most.otherwise(otherwise(policy, DurationText.format(rule.maximumDuration())));
        key.release();
        if (ground.policy().stickiness().isPresent()) {
            key.fix(text("rollouts.start.ab.key.sticky"));
        } else {
            key.otherwise(ground.abTest()
                    .map(test -> otherwise(true, test.splitKey()))
                    .orElse(text("rollouts.start.ab.key.prompt")));
        }
        following = true;
        if (!metricChosen) {
            metric.setValue(rule.metric());
        }
        if (!promoteChosen) {
            promote.setSelected(rule.promotion().isWanted());
        }
        following = false;
    }

    private static AbWinner rule(StartGround ground) {
        return ground.abTest().flatMap(Splitting.AbTest::winner).orElse(AbWinner.DEFAULT);
    }

    @Override
    Start read(StartGround ground) {
        Integer typed = weight.read();
        Weight share =
                typed == null ? ground.abTest().map(Splitting.AbTest::weightB).orElse(HALF) : new Weight(typed);
        InvalidValueException.unless(
                share.percent() >= 1 && share.percent() <= 99, "weightB", share, "1..99, since both are compared");
        String named = key.read();
        AbWinner before = rule(ground);
        AbWinner rule = new AbWinner(
                metric.getValue(),
                before.successMargin(),
                before.latencyQuantile(),
                before.latencyMargin(),
                before.errorRate(),
                Objects.requireNonNullElse(least.read(), before.minimumDuration()),
                before.minimumRequests(),
                Objects.requireNonNullElse(most.read(), before.maximumDuration()),
                promote.isSelected() ? AbWinner.Promotion.WINNER : AbWinner.Promotion.NONE);
        Splitting.AbTest test = new Splitting.AbTest(
                ground.stable(),
                ground.candidate(),
                named == null ? ground.abTest().map(Splitting.AbTest::splitKey).orElse("") : named,
                new Weight(100 - share.percent()),
                share,
                Optional.of(rule));
        test.requireSense();
        // what does not fit beside the rest of the policy is refused before it begins
        var _ = ground.policy().withSplitting(test);
        return new Start.Compares(ground, test, rule);
    }

    @Override
    Optional<StartField<?>> missing(String name) {
        return name.equals("abTest.splitKey") && key.isEmpty() ? Optional.of(key) : Optional.empty();
    }

    @Override
    Optional<StartField<?>> meant(String name) {
        return switch (name) {
            case "weightB" -> Optional.of(weight);
            case "abTest.splitKey" -> Optional.of(key);
            case "minimumDuration" -> Optional.of(least);
            case "maximumDuration" -> Optional.of(most);
            default -> Optional.empty();
        };
    }

    /** The metrics in the person's words. */
    private final class Named extends StringConverter<AbWinner.Metric> {

        @Override
        public String toString(AbWinner.Metric metric) {
            return metric == null ? "" : text("rollouts.start.ab.metric." + metric.wireName());
        }

        @Override
        public AbWinner.Metric fromString(String words) {
            return metric.getItems().stream()
                    .filter(one -> toString(one).equals(words))
                    .findFirst()
                    .orElse(AbWinner.DEFAULT.metric());
        }
    }
}
