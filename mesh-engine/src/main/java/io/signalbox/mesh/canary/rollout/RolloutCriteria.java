package io.signalbox.mesh.canary.rollout;

import io.signalbox.mesh.canary.Criteria;
import io.signalbox.mesh.model.CanaryCriteria;
import io.signalbox.mesh.model.Splitting;

/** A policy's words on a canary as the criteria of its verdict. */
final class RolloutCriteria {

    private RolloutCriteria() {}

    static Criteria of(Splitting.Canary plan) {
        CanaryCriteria asked = plan.terms().criteria();
        return new Criteria(
                asked.falseRollback(),
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
