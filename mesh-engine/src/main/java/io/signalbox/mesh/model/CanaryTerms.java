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
 * @param webhooks who is asked before it goes on, in this order, and who is told of its end; at most 16
 */
public record CanaryTerms(
        List<CanaryStep> steps, Duration bakeTime, CanaryCriteria criteria, List<CanaryWebhook> webhooks) {

    private static final int MOST_WEBHOOKS = 16;

    public static final CanaryTerms DEFAULT = new CanaryTerms(List.of(), Duration.ZERO, CanaryCriteria.DEFAULT);

    /** With nobody who is asked. */
    public CanaryTerms(List<CanaryStep> steps, Duration bakeTime, CanaryCriteria criteria) {
        this(steps, bakeTime, criteria, List.of());
    }

    public CanaryTerms {
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

    /** Those of a moment, in the policy's order. */
    public List<CanaryWebhook> webhooks(CanaryWebhook.When when) {
        return webhooks.stream().filter(webhook -> webhook.when() == when).toList();
    }

    public Optional<CanaryWebhook> webhook(String name) {
        return webhooks.stream().filter(webhook -> webhook.name().equals(name)).findFirst();
    }
}
