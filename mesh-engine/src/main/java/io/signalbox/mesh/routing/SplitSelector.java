package io.signalbox.mesh.routing;

import io.signalbox.mesh.model.RequestHead;
import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.routing.RouteReason.SplitKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Chooses the version of a request that no rule took. */
@FunctionalInterface
interface SplitSelector {

    RouteDecision.Routed select(RequestHead head, RandomGenerator random);

    static SplitSelector of(VersionTargets targets) {
        return switch (targets.config().policy().splitting()) {
            case Splitting.Unsplit() -> unsplit(targets);
            case Splitting.Weighted(Map<String, Weight> weights) -> byLot(SplitKind.WEIGHTED, lots(weights, targets));
            case Splitting.Canary canary -> canary(canary, targets);
            case Splitting.AbTest test -> AbSelector.of(test, targets);
        };
    }

    private static SplitSelector unsplit(VersionTargets targets) {
        RouteDecision.Routed decision = targets.any().routed(new RouteReason.Unsplit());
        return (head, random) -> decision;
    }

    private static SplitSelector canary(Splitting.Canary canary, VersionTargets targets) {
        int candidate = targets.config()
                .candidateWeight()
                .orElse(canary.initialWeight())
                .percent();
        List<VersionTargets.Target> lots = new ArrayList<>(100);
        lots.addAll(Collections.nCopies(candidate, targets.version(canary.candidate())));
        lots.addAll(Collections.nCopies(100 - candidate, targets.version(canary.stable())));
        return byLot(SplitKind.CANARY, lots);
    }

    private static List<VersionTargets.Target> lots(Map<String, Weight> weights, VersionTargets targets) {
        List<VersionTargets.Target> lots = new ArrayList<>(100);
        weights.forEach(
                (version, weight) -> lots.addAll(Collections.nCopies(weight.percent(), targets.version(version))));
        return lots;
    }

    /** One target for each of the hundred lots. */
    private static SplitSelector byLot(SplitKind kind, List<VersionTargets.Target> targets) {
        List<VersionTargets.Target> lots = List.copyOf(targets);
        return (head, random) -> {
            int draw = Draw.random(random);
            return lots.get(draw).routed(Draw.reason(kind, draw));
        };
    }
}
