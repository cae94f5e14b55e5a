package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.canary.rollout.Experiment;
import io.signalbox.mesh.canary.rollout.Rollout;
import io.signalbox.mesh.client.RolloutRequest;
import io.signalbox.mesh.client.RunningVersions;
import io.signalbox.mesh.model.AbWinner;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.model.Weight;
import java.util.Map;
import java.util.Optional;

/** Makes an A/B experiment out of what a policy says. */
final class ExperimentPlans {

    private ExperimentPlans() {}

    /**
     * The rule of the experiment that is asked for; empty when a rollout that moves requests is.
     *
     * @throws InvalidValueException when something is missing or does not fit
     */
    static Optional<AbWinner> asked(PolicyRevision policy, RolloutRequest request) {
        if (!(policy.policy().splitting() instanceof Splitting.AbTest test) || request.candidate() != null) {
            return Optional.empty();
        }
        InvalidValueException.unless(
                request.equals(RolloutRequest.OF_THE_POLICY),
                "rollout",
                "options given",
                "none, since the policy of " + policy.service() + " has an abTest; or a candidate, to replace it");
        return Optional.of(test.winner()
                .orElseThrow(() -> new InvalidValueException(
                        "abTest.winner", "none", "a rule that says which version wins, as an experiment needs")));
    }

    /** The test of the policy as a plan. */
    static Splitting.Canary plan(PolicyRevision policy, AbWinner rule, Map<String, Integer> running) {
        if (!(policy.policy().splitting() instanceof Splitting.AbTest test)) {
            throw new InvalidValueException("abTest", "none", "one, as when the experiment was asked for");
        }
        InvalidValueException.unless(
                !test.weightA().equals(Weight.NONE) && !test.weightB().equals(Weight.NONE),
                "abTest",
                test.weightA() + ", " + test.weightB(),
                "weights above 0, since both versions are compared");
        for (String version : new String[] {test.versionA(), test.versionB()}) {
            RunningVersions.require("abTest", version, running);
        }
        return Experiment.plan(test, rule);
    }

    /** What the policy says of a rollout that has begun; empty when it is not the policy's any more. */
    static Optional<Splitting.Canary> following(PolicyRevision policy, Rollout rollout) {
        Splitting.Canary plan = rollout.plan();
        Optional<Experiment> experiment = rollout.experiment();
        Optional<Splitting.Canary> now = switch (policy.policy().splitting()) {
            case Splitting.Canary canary when experiment.isEmpty() -> Optional.of(canary);
            case Splitting.AbTest test ->
                experiment
                        .map(Experiment::rule)
                        .filter(rule -> test.winner().filter(rule::equals).isPresent())
                        .map(rule -> Experiment.plan(test, rule));
            case Splitting.Canary _, Splitting.Weighted _, Splitting.Unsplit _ -> Optional.empty();
        };
        return now.filter(plan::sameVersions);
    }
}
