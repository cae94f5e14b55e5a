package io.signalbox.console.rollouts;

import io.signalbox.console.text.Texts;
import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.RolloutRequest;
import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.model.AbWinner;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.model.status.RolloutStatus;
import io.signalbox.mesh.whatif.Question;
import java.util.LinkedHashMap;
import java.util.Map;

/** A rollout that is whole and could begin. */
sealed interface Start {

    /** What would become of requests in what comes first. */
    Question first();

    /**
     * The rollout that has begun, or waits for its turn.
     *
     * @param texts in which a failure says what holds
     */
    RolloutStatus begin(MeshConnection mesh, ChangeNote note, Texts texts);

    /**
     * One that moves requests to the candidate.
     *
     * @param plan what the mesh makes of the request
     */
    record Moves(StartGround ground, RolloutRequest request, Splitting.Canary plan) implements Start {

        /** The stage before the first share, or without one the first share. */
        @Override
        public Question first() {
            TrafficPolicy policy = ground.policy();
            if (plan.terms().stages().isEmpty()) {
                Weight share = plan.plannedSteps().isEmpty()
                        ? plan.initialWeight()
                        : plan.plannedSteps().getFirst().weight();
                return ground.weights().containsKey(plan.candidate())
                        ? Question.ofWeights(ground.service(), Map.of(plan.candidate(), share))
                        : Question.of(PolicyFormat.yaml(policy.withSplitting(shares(share))));
            }
            return Question.of(PolicyFormat.yaml(plan.terms()
                    .stages()
                    .getFirst()
                    .within(policy.withSplitting(shares(Weight.NONE)), plan.candidate())));
        }

        private Splitting.Weighted shares(Weight ofCandidate) {
            Map<String, Weight> shares = new LinkedHashMap<>();
            shares.put(plan.stable(), new Weight(100 - ofCandidate.percent()));
            shares.put(plan.candidate(), ofCandidate);
            return new Splitting.Weighted(shares);
        }

        @Override
        public RolloutStatus begin(MeshConnection mesh, ChangeNote note, Texts texts) {
            return mesh.rollouts().start(ground.service(), request, note);
        }
    }

    /** An A/B test of both versions, by the rule that says which of them wins. */
    record Compares(StartGround ground, Splitting.AbTest test, AbWinner rule) implements Start {

        /** The policy with the test. */
        TrafficPolicy policy() {
            return ground.policy().withSplitting(test);
        }

        @Override
        public Question first() {
            return Question.of(PolicyFormat.yaml(policy()));
        }

        /** Whether the policy has to be changed for it. */
        boolean changesPolicy() {
            return !ground.policy().splitting().equals(test);
        }

        @Override
        public RolloutStatus begin(MeshConnection mesh, ChangeNote note, Texts texts) {
            return new ExperimentStart(mesh, this, note, texts).begin();
        }
    }
}
