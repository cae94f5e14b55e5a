package io.signalbox.mesh.routing;

import io.signalbox.mesh.model.RoutingRule;
import org.jspecify.annotations.Nullable;

/**
 * How one rule looks at a request, its weight left aside.
 *
 * @param index the rule's place in the policy, from 0
 * @param firstFalse the first condition that does not hold, in the order in which they are looked at; {@code null} when
 *     all hold
 */
public record RuleTrial(
        int index, RoutingRule rule, @Nullable FailedCondition firstFalse) {

    public boolean matches() {
        return firstFalse == null;
    }
}
