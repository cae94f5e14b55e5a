package io.signalbox.mesh.explain;

import io.signalbox.mesh.model.RoutingRule;
import io.signalbox.mesh.routing.FailedCondition;
import io.signalbox.mesh.routing.RuleTrial;
import org.jspecify.annotations.Nullable;

/**
 * What one routing rule did with a request.
 *
 * @param rule its place in the policy, from 1
 * @param to the version it sends to
 * @param weight the share of what matches that it takes, in percent
 * @param firstFalse why it did not match; only then
 */
public record RuleStep(
        int rule,
        String to,
        int weight,
        Verdict verdict,
        @Nullable FailedCondition firstFalse) {

    /** What became of it. */
    public enum Verdict {
        /** A condition does not hold. */
        NOT_MATCHED,
        /** It matches, but its weight left this request to the next rule. */
        PASSED_OVER,
        /** It took the request. */
        TOOK,
        /** It would take its share of such requests. */
        TAKES_SHARE,
        /** An earlier rule had taken the request. */
        NOT_REACHED
    }

    static RuleStep of(RuleTrial trial, Verdict verdict) {
        RoutingRule rule = trial.rule();
        return new RuleStep(
                trial.index() + 1,
                rule.version(),
                rule.weight().percent(),
                verdict,
                verdict == Verdict.NOT_MATCHED ? shown(trial.firstFalse()) : null);
    }

    /** What proves who somebody is stays out of explanations. */
    private static @Nullable FailedCondition shown(@Nullable FailedCondition condition) {
        if (condition == null || !Secrets.isSecret(condition.subject())) {
            return condition;
        }
        return new FailedCondition(
                condition.subject(),
                Secrets.MASK,
                condition.found().equals(FailedCondition.ABSENT) ? FailedCondition.ABSENT : Secrets.MASK);
    }
}
