package io.signalbox.mesh.canary.rollout;

import io.signalbox.mesh.canary.CanaryDecision;
import io.signalbox.mesh.canary.ThresholdDecision;
import io.signalbox.mesh.canary.Verdict;

/** Says what follows from a rollout's evidence; a pure function. */
@FunctionalInterface
public interface Judge {

    Verdict verdict(Rollout rollout);

    /** By what both versions did side by side; by thresholds alone where they cannot be compared. */
    static Judge byEvidence() {
        return rollout -> rollout.experiment()
                .map(experiment -> experiment.verdict(rollout))
                .orElseGet(() -> ofCanary(rollout));
    }

    private static Verdict ofCanary(Rollout rollout) {
        return switch (rollout.sight()) {
            case CALLS, COPIES -> CanaryDecision.decide(rollout.evidence(), rollout.criteria());
            case CHOSEN_CALLS, ALL_CALLS -> ThresholdDecision.decide(rollout.evidence(), rollout.criteria());
        };
    }
}
