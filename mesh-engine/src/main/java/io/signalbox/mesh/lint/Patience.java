package io.signalbox.mesh.lint;

import io.signalbox.mesh.model.RoutingRule;
import io.signalbox.mesh.model.TrafficPolicy;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * How long callers of a service wait for it at most.
 *
 * @param field of the policy that says so
 */
record Patience(Duration time, String field) {

    /**
     * Of those callers.
     *
     * @param callers rules for others only do not count; nobody means whoever it may be
     */
    static Patience of(TrafficPolicy policy, Set<String> callers) {
        Patience longest = new Patience(policy.timeout(), "timeout");
        List<RoutingRule> rules = policy.rules();
        for (int i = 0; i < rules.size(); i++) {
            Duration time = rules.get(i).timeout().orElse(Duration.ZERO);
            Set<String> sources = rules.get(i).match().sources();
            boolean theirs = callers.isEmpty() || sources.isEmpty() || !Collections.disjoint(sources, callers);
            if (theirs && time.compareTo(longest.time()) > 0) {
                longest = new Patience(time, "rules[" + i + "].timeout");
            }
        }
        return longest;
    }
}
