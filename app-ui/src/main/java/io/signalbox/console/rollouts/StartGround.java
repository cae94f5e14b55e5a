package io.signalbox.console.rollouts;

import io.signalbox.mesh.client.MeshConnection.PolicyText;
import io.signalbox.mesh.client.RolloutPlans;
import io.signalbox.mesh.client.RolloutRequest;
import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.model.Weight;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a rollout would begin from: a policy, and two versions of its service.
 *
 * @param revision of the policy
 * @param weights the shares in force, by version; empty without a split
 * @param running how many instances of each version run
 */
record StartGround(
        TrafficPolicy policy,
        long revision,
        String stable,
        String candidate,
        Map<String, Weight> weights,
        Map<String, Integer> running) {

    static StartGround of(PolicyInForce now, Candidates service, String stable, String candidate) {
        return new StartGround(
                now.policy(),
                now.revision(),
                stable,
                candidate,
                service.weights(),
                service.all().stream().collect(Collectors.toMap(version -> version, version -> 1)));
    }

    /** What the mesh said that holds. */
    record PolicyInForce(TrafficPolicy policy, long revision) {

        /** @throws io.signalbox.mesh.config.InvalidDocumentException when it is of a later version of the mesh */
        static PolicyInForce of(PolicyText told) {
            return new PolicyInForce(PolicyFormat.readStored(told.yaml()), told.revision());
        }
    }

    String service() {
        return policy.service();
    }

    /** The policy's canary of these versions, which says what a request leaves out. */
    Optional<Splitting.Canary> canary() {
        return policy.splitting() instanceof Splitting.Canary canary
                        && canary.stable().equals(stable)
                        && canary.candidate().equals(candidate)
                ? Optional.of(canary)
                : Optional.empty();
    }

    /** The policy's A/B test of these versions. */
    Optional<Splitting.AbTest> abTest() {
        return policy.splitting() instanceof Splitting.AbTest test
                        && test.versionA().equals(stable)
                        && test.versionB().equals(candidate)
                ? Optional.of(test)
                : Optional.empty();
    }

    /** The whole of what a request asks for, as the mesh makes it. */
    Splitting.Canary plan(RolloutRequest request) {
        InvalidValueException.unless(
                !stable.equals(candidate), "canary.candidate", candidate, "another version than stable");
        Optional<Weight> now = policy.splitting() instanceof Splitting.Canary canary
                ? Optional.ofNullable(weights.get(canary.candidate()))
                : Optional.empty();
        return new RolloutPlans(policy, now, running).plan(request);
    }
}
