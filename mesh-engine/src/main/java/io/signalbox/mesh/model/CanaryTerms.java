package io.signalbox.mesh.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a rollout follows beside the reference's own fields.
 *
 * @param steps in growing order of weight; empty for those that the increment makes
 * @param bakeTime how long the last share has to hold before the candidate takes over (default: none)
 * @param stages what comes before the first share, in their order (default: none)
 */
public record CanaryTerms(
        List<CanaryStep> steps, Duration bakeTime, CanaryCriteria criteria, List<CanaryStage> stages) {

    public static final CanaryTerms DEFAULT = new CanaryTerms(List.of(), Duration.ZERO, CanaryCriteria.DEFAULT);
    public static final int MOST_STAGES = 8;

    public CanaryTerms {
        stages = List.copyOf(stages);
        InvalidValueException.unless(
                stages.size() <= MOST_STAGES, "canary.stages", stages.size(), "at most " + MOST_STAGES);
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

    /** Those that begin with a share. */
    public CanaryTerms(List<CanaryStep> steps, Duration bakeTime, CanaryCriteria criteria) {
        this(steps, bakeTime, criteria, List.of());
    }

    /** That stage, counted from 1; empty where there is none of that number. */
    public Optional<CanaryStage> stage(int number) {
        return number >= 1 && number <= stages.size() ? Optional.of(stages.get(number - 1)) : Optional.empty();
    }
}
