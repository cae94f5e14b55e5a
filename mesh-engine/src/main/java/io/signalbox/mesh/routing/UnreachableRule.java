package io.signalbox.mesh.routing;

import io.signalbox.mesh.model.RouteMatch;
import io.signalbox.mesh.model.RoutingRule;
import io.signalbox.mesh.model.Weight;
import java.util.ArrayList;
import java.util.List;

/**
 * A rule that can never take a request, because one that is written before it takes all that it would take.
 *
 * @param rule its place in the policy, from 0
 * @param by the place of the earlier rule
 * @param why the earlier rule takes them all
 */
public record UnreachableRule(int rule, int by, String why) {

    /** Every such rule of a policy, in the written order; what is named is unreachable for sure. */
    public static List<UnreachableRule> in(List<RoutingRule> rules) {
        List<UnreachableRule> found = new ArrayList<>();
        for (int later = 1; later < rules.size(); later++) {
            for (int earlier = 0; earlier < later; earlier++) {
                RouteMatch before = rules.get(earlier).match();
                if (rules.get(earlier).weight().equals(Weight.ALL)
                        && MatchCover.covers(before, rules.get(later).match())) {
                    found.add(new UnreachableRule(
                            later, earlier, why(before, rules.get(later).match())));
                    break;
                }
            }
        }
        return found;
    }

    private static String why(RouteMatch before, RouteMatch after) {
        if (before.equals(RouteMatch.ANY)) {
            return "it takes everything";
        }
        return before.equals(after) ? "its conditions are the same" : "its conditions hold whenever these do";
    }

    /** As a warning says it: {@code rules[2]: never reached, since rules[0] comes first and it takes everything}. */
    public String text() {
        return "rules[" + rule + "]: never reached, since rules[" + by + "] comes first and " + why;
    }
}
