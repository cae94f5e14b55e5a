package io.signalbox.mesh.lint;

import io.signalbox.mesh.model.Mirror;
import io.signalbox.mesh.model.RetryPolicy;
import io.signalbox.mesh.model.RouteMatch;
import io.signalbox.mesh.model.RoutingRule;
import io.signalbox.mesh.model.RuleTarget;
import io.signalbox.mesh.model.TrafficPolicy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * What one call becomes at one service, by the retries that repeat the most of those that a rule or the policy gives it.
 *
 * @param attempts one after the other
 * @param hedges beside those
 * @param copies to a version of the same service, and to a second primary that a comparison asks
 * @param average calls with the budget of retries kept, and the mirror's share
 */
record Factor(int attempts, int hedges, int copies, double average) {

    /** While the service itself does not do well. */
    static Factor ofTheLast(TrafficPolicy policy) {
        return of(policy, Repeats::attempts);
    }

    /** While it does well, and one that it calls does not. */
    static Factor ofOneAbove(TrafficPolicy policy) {
        return of(policy, Repeats::attemptsForOthers);
    }

    private static Factor of(TrafficPolicy policy, ToIntFunction<RetryPolicy> attempts) {
        RetryPolicy worst = inForce(policy).stream()
                .max(Comparator.comparingInt(retry -> attempts.applyAsInt(retry) + Repeats.hedges(retry)))
                .orElseGet(policy::retry);
        int tries = attempts.applyAsInt(worst);
        int hedges = Repeats.hedges(worst);
        double repeated = tries + hedges > 1 ? worst.budget().ratio() : 0;
        Mirror mirror = policy.experiments()
                .mirror()
                .filter(wanted -> wanted.share() > 0)
                .orElse(null);
        if (mirror == null) {
            return new Factor(tries, hedges, 0, 1 + repeated);
        }
        double share = mirror.share() / Mirror.ALL;
        double second =
                mirror.diff().map(diff -> diff.noiseShare() / Mirror.ALL).orElse(0.0);
        double own = mirror.version().isPresent() ? share : 0;
        int copies = (own > 0 ? 1 : 0) + (second > 0 ? 1 : 0);
        return new Factor(tries, hedges, copies, 1 + repeated + own + share * second);
    }

    /** Those that some request may get: what follows a rule that takes all gets nothing. */
    private static List<RetryPolicy> inForce(TrafficPolicy policy) {
        List<RetryPolicy> retries = new ArrayList<>();
        for (RoutingRule rule : policy.rules()) {
            boolean sends = switch (rule.target()) {
                case RuleTarget.Version _, RuleTarget.Weighted _ -> true;
                case RuleTarget.Redirect _, RuleTarget.DirectResponse _ -> false;
            };
            if (sends && rule.weight().percent() > 0) {
                retries.add(rule.retry().orElse(policy.retry()));
            }
            if (rule.match().equals(RouteMatch.ANY) && rule.weight().percent() == 100) {
                return retries;
            }
        }
        retries.add(policy.retry());
        return retries;
    }

    long calls() {
        return (long) attempts + hedges + copies;
    }

    boolean multiplies() {
        return calls() > 1;
    }

    /** Such as {@code 3 attempts + 1 hedge}. */
    String parts() {
        return counted(attempts, "attempt", "attempts")
                + (hedges == 0 ? "" : " + " + counted(hedges, "hedge", "hedges"))
                + (copies == 0 ? "" : " + " + counted(copies, "copy", "copies"));
    }

    private static String counted(int count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }
}
