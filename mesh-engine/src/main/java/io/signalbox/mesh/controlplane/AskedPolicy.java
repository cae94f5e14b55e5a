package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.model.Weight;
import java.util.Optional;

/**
 * A policy with what holds of its canary beside its text.
 *
 * @param candidateWeight the candidate's share, when the policy holds a canary
 * @param stage of the canary, as in {@link PolicyRevision}
 */
record AskedPolicy(TrafficPolicy policy, Optional<Weight> candidateWeight, int stage) {

    /** One in no stage. */
    AskedPolicy(TrafficPolicy policy, Optional<Weight> candidateWeight) {
        this(policy, candidateWeight, PolicyRevision.NO_STAGE);
    }

    /** One that somebody puts in the place of another: what goes on keeps its share and its stage. */
    static AskedPolicy after(PolicyRevision before, TrafficPolicy policy) {
        return new AskedPolicy(
                policy, SplitWeights.startWeight(policy, before), SplitWeights.startStage(policy, before));
    }

    static AskedPolicy defaults(String service) {
        return new AskedPolicy(TrafficPolicy.defaults(service), Optional.empty());
    }
}
