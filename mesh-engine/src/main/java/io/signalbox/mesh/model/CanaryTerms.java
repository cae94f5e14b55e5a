package io.signalbox.mesh.model;

import java.time.Duration;
import java.util.List;

/**
 * What a rollout follows beside the reference's own fields.
 *
 * @param steps in growing order of weight; empty for those that the increment makes
 * @param bakeTime how long the last share has to hold before the candidate takes over (default: none)
 */
public record CanaryTerms(List<CanaryStep> steps, Duration bakeTime, CanaryCriteria criteria) {

    public static final CanaryTerms DEFAULT = new CanaryTerms(List.of(), Duration.ZERO, CanaryCriteria.DEFAULT);

    public CanaryTerms {
        steps = List.copyOf(steps);
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
}
