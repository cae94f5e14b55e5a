package io.signalbox.mesh.canary.rollout;

import io.signalbox.mesh.canary.AbDecision;
import io.signalbox.mesh.canary.Criteria;
import io.signalbox.mesh.canary.Evidence;
import io.signalbox.mesh.canary.Verdict;
import io.signalbox.mesh.canary.Window;
import io.signalbox.mesh.model.AbWinner;
import io.signalbox.mesh.model.CanaryTerms;
import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.model.SuccessRate;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.model.status.AbOutcome;
import java.time.Duration;
import java.util.List;

/**
 * What makes an A/B experiment of a rollout: A is its stable version, B its candidate, and it moves no requests.
 *
 * @param rule says who wins; the one that it was started with
 * @param swapped what the rollout's evidence is, with the sides swapped
 */
public record Experiment(AbWinner rule, Evidence swapped) {

    /** One that begins. */
    public static Experiment of(AbWinner rule) {
        return new Experiment(rule, Evidence.none());
    }

    /** The A/B test as a canary with one step, at its split. */
    public static Splitting.Canary plan(Splitting.AbTest test, AbWinner rule) {
        Weight share = test.weightB();
        return new Splitting.Canary(
                test.versionA(),
                test.versionB(),
                share,
                share,
                rule.minimumDuration(),
                share,
                new SuccessRate(0),
                new CanaryTerms(List.of(), Duration.ZERO, rule.criteria()));
    }

    Experiment plus(Window window, Criteria criteria) {
        return new Experiment(rule, swapped.plus(window.swapped(), criteria));
    }

    AbOutcome outcome(Rollout rollout) {
        return rollout.phase() instanceof Phase.Decided decided
                ? decided.outcome()
                : decision(rollout).after(rollout.watched());
    }

    /** While it goes on, or has been ended by hand, nobody has won. */
    Verdict verdict(Rollout rollout) {
        AbOutcome outcome = rollout.phase() instanceof Phase.Decided decided ? decided.outcome() : AbOutcome.OPEN;
        return decision(rollout).verdict(outcome, rollout.watched());
    }

    private AbDecision decision(Rollout rollout) {
        return new AbDecision(rule, rollout.evidence(), swapped, rollout.criteria());
    }
}
