package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.model.CanaryStage;
import io.signalbox.mesh.model.Splitting;
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

    /** The stage of its canary that is in force. */
    Optional<CanaryStage> stageInForce() {
        return policy.splitting() instanceof Splitting.Canary canary
                ? canary.terms().stage(stage)
                : Optional.empty();
    }

    /** The policy as sidecars follow it: they know of no winners, and of stages what the one that is in force adds. */
    TrafficPolicy followed() {
        if (policy.splitting() instanceof Splitting.AbTest test && test.winner().isPresent()) {
            return policy.withSplitting(test.withWinner(Optional.empty()));
        }
        if (!(policy.splitting() instanceof Splitting.Canary canary)) {
            return policy;
        }
        TrafficPolicy plain = policy.withSplitting(canary.followed());
        return stageInForce().map(its -> its.within(plain, canary.candidate())).orElse(plain);
    }

    static AskedPolicy defaults(String service) {
        return new AskedPolicy(TrafficPolicy.defaults(service), Optional.empty());
    }
}
