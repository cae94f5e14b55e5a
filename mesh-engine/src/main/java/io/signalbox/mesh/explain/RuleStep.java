package io.signalbox.mesh.explain;

import io.signalbox.mesh.model.RoutingRule;
import io.signalbox.mesh.model.RuleTarget;
import io.signalbox.mesh.routing.FailedCondition;
import io.signalbox.mesh.routing.RouteReason;
import io.signalbox.mesh.routing.RuleTrial;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one routing rule did with a request.
 *
 * @param rule its place in the policy, from 1
 * @param action what it does with what it takes
 * @param to the version it sends to, or {@code v1 90 %, v2 10 %}; where it answers, the status
 * @param weight the share of what matches that it takes, in percent
 * @param firstFalse why it did not match; only then
 */
public record RuleStep(
        int rule,
        Action action,
        String to,
        int weight,
        Verdict verdict,
        @Nullable FailedCondition firstFalse) {

    /** What a rule does. */
    public enum Action {
        /** It sends on. */
        SEND,
        /** It tells the caller to ask elsewhere. */
        REDIRECT,
        /** It answers. */
        ANSWER
    }

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
                action(rule.target()),
                to(rule.target()),
                rule.weight().percent(),
                verdict,
                verdict == Verdict.NOT_MATCHED ? shown(trial.firstFalse()) : null);
    }

    private static Action action(RuleTarget target) {
        return switch (target) {
            case RuleTarget.Version _, RuleTarget.Weighted _ -> Action.SEND;
            case RuleTarget.Redirect _ -> Action.REDIRECT;
            case RuleTarget.DirectResponse _ -> Action.ANSWER;
        };
    }

    private static String to(RuleTarget target) {
        return switch (target) {
            case RuleTarget.Version(String version) -> version;
            case RuleTarget.Weighted weighted ->
                weighted.weights().entrySet().stream()
                        .map(share -> share.getKey() + " " + share.getValue().percent() + " %")
                        .collect(Collectors.joining(", "));
            case RuleTarget.Redirect redirect -> Integer.toString(redirect.status());
            case RuleTarget.DirectResponse direct -> Integer.toString(direct.status());
        };
    }

    /** The steps to a decision, in the written order; {@code reason} says which rule took the request, if one did. */
    static List<RuleStep> all(List<RuleTrial> trials, @Nullable RouteReason reason) {
        int took = took(reason, trials.size());
        List<RuleStep> steps = new ArrayList<>(trials.size());
        for (RuleTrial trial : trials) {
            Verdict verdict;
            if (trial.index() > took) {
                verdict = Verdict.NOT_REACHED;
            } else if (trial.index() == took) {
                verdict = Verdict.TOOK;
            } else {
                verdict = trial.matches() ? Verdict.PASSED_OVER : Verdict.NOT_MATCHED;
            }
            steps.add(of(trial, verdict));
        }
        return steps;
    }

    /** The place of the rule that took the request, from 0. */
    public static int took(@Nullable RouteReason reason, int otherwise) {
        return switch (reason) {
            case RouteReason.ByRule(int index) -> index;
            case RouteReason.ByRuleShare(int index, int draw) -> index;
            case RouteReason.BySplit _, RouteReason.Unsplit _ -> otherwise;
            case null -> otherwise;
        };
    }

    /** What proves who somebody is stays out of explanations. */
    private static @Nullable FailedCondition shown(@Nullable FailedCondition condition) {
        if (condition == null || !Secrets.isSecret(condition.subject())) {
            return condition;
        }
        return new FailedCondition(condition.subject(), hidden(condition.expected()), hidden(condition.found()));
    }

    /** Whether there is a value at all is no secret. */
    private static String hidden(String value) {
        return value.equals(FailedCondition.ABSENT) || value.equals(FailedCondition.PRESENT) ? value : Secrets.MASK;
    }
}
