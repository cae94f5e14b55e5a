package io.signalbox.mesh.canary.rollout;

import io.signalbox.mesh.canary.CanaryDecision;
import io.signalbox.mesh.canary.Verdict;

/** Says what follows from a rollout's evidence; a pure function. */
@FunctionalInterface
public interface Judge {

    Verdict verdict(Rollout rollout);

    /** By what both versions did side by side. */
    static Judge byEvidence() {
        return rollout -> CanaryDecision.decide(rollout.evidence(), rollout.criteria());
    }
}
