package io.signalbox.mesh.routing;

import io.signalbox.mesh.model.RequestHead;
import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.routing.RouteReason.BySplit;
import io.signalbox.mesh.routing.RouteReason.SplitKind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Chooses the version of a request that no rule took. */
@FunctionalInterface
interface SplitSelector {

    RouteDecision.Routed select(RequestHead head, RequestDraw draw, RandomGenerator random);

    static SplitSelector of(VersionTargets targets) {
        return switch (targets.config().policy().splitting()) {
            case Splitting.Unsplit() -> unsplit(targets);
            case Splitting.Weighted(Map<String, Weight> weights) -> drawn(SplitKind.WEIGHTED, weights, targets);
            case Splitting.Canary canary -> drawn(SplitKind.CANARY, shares(canary, targets), targets);
            case Splitting.AbTest test ->
                targets.config().policy().stickiness().isPresent()
                        ? StickyAbSelector.of(test, targets)
                        : AbSelector.of(test, targets);
        };
    }

    private static SplitSelector unsplit(VersionTargets targets) {
        RouteDecision.Routed decision = targets.any().routed(new RouteReason.Unsplit());
        return (head, draw, random) -> decision;
    }

    /** The candidate has the first lots. */
    private static Map<String, Weight> shares(Splitting.Canary canary, VersionTargets targets) {
        Weight candidate = targets.config().candidateShare(canary);
        Map<String, Weight> shares = new LinkedHashMap<>();
        shares.put(canary.candidate(), candidate);
        shares.put(canary.stable(), candidate.complement());
        return shares;
    }

    private static SplitSelector drawn(SplitKind kind, Map<String, Weight> weights, VersionTargets targets) {
        WeightedTargets shares = WeightedTargets.of(weights, targets);
        return (head, draw, random) -> {
            if (draw.byKey()) {
                return shares.byKey(draw.key()).routed(Draw.reason(SplitKind.STICKY, BySplit.NO_DRAW));
            }
            int lot = Draw.random(random);
            return shares.byLot(lot).routed(Draw.reason(kind, lot));
        };
    }
}
