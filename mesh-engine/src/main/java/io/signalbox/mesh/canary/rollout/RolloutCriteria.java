package io.signalbox.mesh.canary.rollout;

import io.signalbox.mesh.canary.Criteria;
import io.signalbox.mesh.model.CanaryCriteria;
import io.signalbox.mesh.model.Splitting;

/** A policy's words on a canary as the criteria of its verdict. */
final class RolloutCriteria {

    private RolloutCriteria() {}

    /** Each stage gathers evidence of its own, and so do all steps together: alpha is shared out among them. */
    private static int parts(Splitting.Canary plan) {
        return plan.terms().stages().size() + 1;
    }

    static Criteria of(Splitting.Canary plan) {
        CanaryCriteria asked = plan.terms().criteria();
        return new Criteria(
                Math.max(CanaryCriteria.RAREST, asked.falseRollback() / parts(plan)),
                asked.falseAdvance(),
                asked.successMargin(),
                asked.latencyQuantile(),
                asked.latencyMargin() == 0 ? null : asked.latencyMargin(),
                plan.successRate().share(),
                asked.maxLatency().isPresent() ? asked.maxLatency().get() : null,
                asked.stableObjective(),
                asked.minimumRequests());
    }
}
