package io.signalbox.mesh.model;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a rollout follows beside the reference's own fields.
 *
 * @param steps in growing order of weight; empty for those that the increment makes
 * @param bakeTime how long the last share has to hold before the candidate takes over (default: none)
 * @param stages what comes before the first share, in their order (default: none)
 * @param pace whether all requests move at once; the bake time is then how long the old version is kept
 * @param webhooks who is asked before it goes on, in this order, and who is told of its end; at most 16
 */
public record CanaryTerms(
        List<CanaryStep> steps,
        Duration bakeTime,
        CanaryCriteria criteria,
        List<CanaryStage> stages,
        Pace pace,
        List<CanaryWebhook> webhooks) {

    private static final int MOST_WEBHOOKS = 16;

    public static final CanaryTerms DEFAULT = new CanaryTerms(List.of(), Duration.ZERO, CanaryCriteria.DEFAULT);
    public static final int MOST_STAGES = 8;

    /** How long the old version is kept by default, when all requests have moved at once. */
    public static final Duration KEEP_FOR = Duration.ofMinutes(10);

    /** How requests move to the candidate. */
    public enum Pace {
        /** Step by step. */
        STEPS,
        /** All in one step, once the stages have shown what the candidate does: blue/green. */
        AT_ONCE
    }

    public CanaryTerms {
        stages = List.copyOf(stages);
        InvalidValueException.unless(
                stages.size() <= MOST_STAGES, "canary.stages", stages.size(), "at most " + MOST_STAGES);
        steps = List.copyOf(steps);
        webhooks = List.copyOf(webhooks);
        InvalidValueException.unless(
                webhooks.size() <= MOST_WEBHOOKS, "canary.webhooks", webhooks.size(), "at most " + MOST_WEBHOOKS);
        Set<String> names = new HashSet<>();
        for (CanaryWebhook webhook : webhooks) {
            InvalidValueException.unless(
                    names.add(webhook.name()), "canary.webhooks", webhook.name() + " twice", "each name once");
        }
        InvalidValueException.unless(!bakeTime.isNegative(), "canary.bakeTime", bakeTime, "zero or more");
        InvalidValueException.unless(
                pace == Pace.STEPS || (bakeTime.isPositive() && !stages.isEmpty() && steps.isEmpty()),
                "canary.blueGreen",
                "keepFor " + bakeTime + ", " + stages.size() + " stages, " + steps.size() + " steps",
                "more than zero, at least one stage, no steps");
        for (int i = 1; i < steps.size(); i++) {
            Weight before = steps.get(i - 1).weight();
            Weight weight = steps.get(i).weight();
            InvalidValueException.unless(
                    weight.compareTo(before) > 0,
                    "canary.steps",
                    before + ", then " + weight,
                    "weights that grow from step to step");
        }
    }

    /** Those that move requests step by step. */
    public CanaryTerms(List<CanaryStep> steps, Duration bakeTime, CanaryCriteria criteria, List<CanaryStage> stages) {
        this(steps, bakeTime, criteria, stages, Pace.STEPS, List.of());
    }

    /** Those of blue/green. */
    public static CanaryTerms atOnce(Duration keepFor, CanaryCriteria criteria, List<CanaryStage> stages) {
        return new CanaryTerms(List.of(), keepFor, criteria, stages, Pace.AT_ONCE, List.of());
    }

    /** Those that begin with a share. */
    public CanaryTerms(List<CanaryStep> steps, Duration bakeTime, CanaryCriteria criteria) {
        this(steps, bakeTime, criteria, List.of());
    }

    /** The same, of which these are asked and told. */
    public CanaryTerms withWebhooks(List<CanaryWebhook> others) {
        return new CanaryTerms(steps, bakeTime, criteria, stages, pace, others);
    }

    /** That stage, counted from 1; empty where there is none of that number. */
    public Optional<CanaryStage> stage(int number) {
        return number >= 1 && number <= stages.size() ? Optional.of(stages.get(number - 1)) : Optional.empty();
    }

    /** Those of a moment, in the policy's order. */
    public List<CanaryWebhook> webhooks(CanaryWebhook.When when) {
        return webhooks.stream().filter(webhook -> webhook.when() == when).toList();
    }

    public Optional<CanaryWebhook> webhook(String name) {
        return webhooks.stream().filter(webhook -> webhook.name().equals(name)).findFirst();
    }
}
