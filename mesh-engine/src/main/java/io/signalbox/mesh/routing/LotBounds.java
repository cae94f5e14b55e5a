package io.signalbox.mesh.routing;

import io.signalbox.mesh.model.RoutingRule;
import io.signalbox.mesh.model.RuleTarget;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.model.Weight;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/** Where lots begin to decide otherwise: between two bounds that follow each other every lot of a draw decides the same. */
public final class LotBounds {

    private LotBounds() {}

    /**
     * The bounds of one service's draws, in order; the first is 0 and the last 100.
     *
     * @param mayTake whether the rule at a place, from 0, may take the request that is drawn for
     */
    public static NavigableSet<Integer> of(ServiceConfig config, IntPredicate mayTake) {
        NavigableSet<Integer> bounds = new TreeSet<>();
        bounds.add(0);
        bounds.add(Draw.LOTS);
        List<RoutingRule> rules = config.policy().rules();
        for (int place = 0; place < rules.size(); place++) {
            RoutingRule rule = rules.get(place);
            if (!mayTake.test(place)) {
                continue;
            }
            bounds.add(rule.weight().percent());
            if (rule.target() instanceof RuleTarget.Weighted weighted) {
                add(weighted.weights().values(), bounds);
            }
        }
        switch (config.policy().splitting()) {
            case Splitting.Unsplit() -> {}
            case Splitting.Weighted weighted -> add(weighted.weights().values(), bounds);
            case Splitting.Canary canary ->
                bounds.add(config.candidateShare(canary).percent());
            case Splitting.AbTest test -> bounds.add(test.weightB().percent());
        }
        return bounds;
    }

    /** Versions take lots in the order in which they are written. */
    private static void add(Collection<Weight> weights, Set<Integer> bounds) {
        int sum = 0;
        for (Weight weight : weights) {
            sum += weight.percent();
            bounds.add(sum);
        }
    }
}
