package io.signalbox.mesh.config;

import io.signalbox.mesh.model.CanaryCriteria;
import io.signalbox.mesh.model.CanaryStage;
import io.signalbox.mesh.model.CanaryStep;
import io.signalbox.mesh.model.CanaryTerms;
import io.signalbox.mesh.model.CanaryWebhook;
import io.signalbox.mesh.model.RouteMatch;
import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.model.SuccessRate;
import io.signalbox.mesh.model.Weight;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Canaries of every shape that a policy can hold. */
final class RandomCanaries {

    private RandomCanaries() {}

    static Splitting.Canary next(Random random) {
        return random.nextInt(4) == 0 ? atOnce(random) : inSteps(random);
    }

    private static Splitting.Canary atOnce(Random random) {
        return Splitting.Canary.atOnce(
                new Splitting.Versions("1", "2.0"),
                duration(random),
                new SuccessRate(random.nextDouble()),
                CanaryTerms.atOnce(duration(random), criteria(random), List.of(matching(random)))
                        .withWebhooks(webhooks(random)));
    }

    private static Splitting.Canary inSteps(Random random) {
        List<CanaryStep> steps = random.nextBoolean() ? List.of() : steps(random);
        Weight max = steps.isEmpty() ? Weight.ALL : steps.getLast().weight();
        Weight initial = steps.isEmpty()
                ? new Weight(random.nextInt(101))
                : steps.getFirst().weight();
        // an increment that steps make needless is not written
        Weight increment = steps.isEmpty() ? new Weight(random.nextInt(101)) : new Weight(10);
        return new Splitting.Canary(
                "1",
                "2.0",
                initial,
                increment,
                duration(random),
                max,
                new SuccessRate(random.nextDouble()),
                new CanaryTerms(
                                steps,
                                random.nextBoolean() ? Duration.ZERO : duration(random),
                                criteria(random),
                                random.nextInt(3) == 0 ? List.of(matching(random)) : List.of())
                        .withWebhooks(webhooks(random)));
    }

    private static List<CanaryWebhook> webhooks(Random random) {
        List<CanaryWebhook> webhooks = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            CanaryWebhook.When[] moments = CanaryWebhook.When.values();
            CanaryWebhook.When when = moments[random.nextInt(moments.length)];
            CanaryWebhook.OnFailure[] ends = CanaryWebhook.OnFailure.values();
            webhooks.add(new CanaryWebhook(
                    "hook-" + i,
                    URI.create(random.nextBoolean() ? "http://ci" : "https://ci.example.org:8443/hook?a=b"),
                    when,
                    Duration.ofMillis(1 + random.nextInt(60_000)),
                    random.nextInt(11),
                    when.asks() ? ends[random.nextInt(ends.length)] : CanaryWebhook.OnFailure.IGNORE,
                    random.nextBoolean() ? Optional.empty() : Optional.of("ci")));
        }
        return webhooks;
    }

    /** A mirror of the policy may stand beside it. */
    private static CanaryStage matching(Random random) {
        RouteMatch match =
                new RouteMatch(Map.of("X-Beta", "v" + random.nextInt(9)), Optional.empty(), Optional.empty(), Set.of());
        CanaryStep.Gate gate = random.nextBoolean() ? CanaryStep.Gate.NONE : CanaryStep.Gate.MANUAL;
        return new CanaryStage.Matching(match, duration(random), gate);
    }

    private static List<CanaryStep> steps(Random random) {
        List<CanaryStep> steps = new ArrayList<>();
        for (int weight = 1 + random.nextInt(30); weight <= 100; weight += 1 + random.nextInt(40)) {
            CanaryStep.Gate gate = random.nextBoolean() ? CanaryStep.Gate.NONE : CanaryStep.Gate.MANUAL;
            steps.add(new CanaryStep(new Weight(weight), duration(random), gate));
        }
        return steps;
    }

    private static CanaryCriteria criteria(Random random) {
        return new CanaryCriteria(
                random.nextDouble(0.001, 0.5),
                random.nextDouble(0.001, 0.5),
                random.nextDouble(0.001, 0.5),
                random.nextInt(500, 1_000) / 1_000.0,
                random.nextBoolean() ? 0 : random.nextDouble(0.05, 10),
                random.nextBoolean() ? Optional.empty() : Optional.of(duration(random)),
                random.nextDouble(),
                1 + random.nextInt(1_000));
    }

    private static Duration duration(Random random) {
        return Duration.ofMillis(1 + random.nextInt(10_000_000));
    }
}
