package io.signalbox.console.rollouts;

import io.signalbox.console.format.Formats;
import io.signalbox.console.screen.Workbench;
import io.signalbox.mesh.client.RolloutRequest;
import io.signalbox.mesh.model.DurationText;
import io.signalbox.mesh.model.Splitting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A canary: how much the candidate gets at first, how it grows, how long each step is watched. */
final class StartCanaryForm extends StartForm {

    private final StartField<Integer> weight;
    private final StartField<Integer> step;
    private final StartField<Integer> most;
    private final StartField<Duration> delay;
    private final StartField<Double> success;

    StartCanaryForm(Workbench bench) {
        super(bench);
        weight = StartField.percent("weight", text("rollouts.start.weight"), "weight", 0);
        step = StartField.percent("step", text("rollouts.start.step"), "step", 1);
        most = StartField.percent("most", text("rollouts.start.most"), "most", 1);
        delay = StartField.time("delay", text("rollouts.start.delay"), "delay");
        success = StartField.share("success", text("rollouts.start.success"), "success");
        row(weight, step, most);
        row(delay, success);
    }

    @Override
    void follow(StartGround ground) {
        Formats formats = bench().formats();
        boolean policy = ground.canary().isPresent();
        List.of(weight, step, most, delay).forEach(StartField::release);
        boolean listed = ground.canary()
                .filter(canary -> !canary.terms().steps().isEmpty())
                .isPresent();
        if (listed) {
            List.of(weight, step, most, delay).forEach(field -> field.fix(text("rollouts.start.listed")));
        }
        Splitting.Canary plan = ground.plan(request(ground, false));
        success.otherwise(
                otherwise(policy, formats.shortestPercent(plan.successRate().share(), 2)));
        if (listed) {
            return;
        }
        weight.otherwise(otherwise(policy, formats.percent(plan.initialWeight().percent())));
        step.otherwise(otherwise(policy, formats.percent(plan.incrementStep().percent())));
        most.otherwise(otherwise(policy, formats.percent(plan.maxWeight().percent())));
        delay.otherwise(otherwise(policy, DurationText.format(plan.incrementDelay())));
    }

    @Override
    Start read(StartGround ground) {
        RolloutRequest request = request(ground, true);
        return new Start.Moves(ground, request, ground.plan(request));
    }

    private RolloutRequest request(StartGround ground, boolean typed) {
        return new RolloutRequest(
                ground.candidate(),
                ground.stable(),
                typed ? weight.read() : null,
                typed ? step.read() : null,
                typed ? delay.read() : null,
                typed ? most.read() : null,
                typed ? success.read() : null,
                null,
                null,
                null,
                null,
                null);
    }

    @Override
    Optional<StartField<?>> meant(String name) {
        return switch (name) {
            case "canary.initialWeight" -> Optional.of(weight);
            case "canary.maxWeight" -> Optional.of(most);
            case "canary.incrementDelay" -> Optional.of(delay);
            case "successRate" -> Optional.of(success);
            default -> Optional.empty();
        };
    }
}
