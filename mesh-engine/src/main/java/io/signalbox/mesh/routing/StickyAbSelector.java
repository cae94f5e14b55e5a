package io.signalbox.mesh.routing;

import io.signalbox.mesh.model.RequestHead;
import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.routing.RouteReason.BySplit;
import io.signalbox.mesh.routing.RouteReason.SplitKind;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Chooses between two versions by the policy's stable key.
 *
 * <p>Of a key that travelled here only the hash is known; so the keys that choose outright, {@code A}, {@code B} and the
 * versions' names, are told by their hashes.
 */
final class StickyAbSelector implements SplitSelector {

    private final WeightedTargets shares;
    private final Map<Long, VersionTargets.Target> choices = new HashMap<>();

    private StickyAbSelector(WeightedTargets shares) {
        this.shares = shares;
    }

    static StickyAbSelector of(Splitting.AbTest test, VersionTargets targets) {
        Map<String, Weight> weights = new LinkedHashMap<>();
        weights.put(test.versionB(), test.weightB());
        weights.merge(test.versionA(), test.weightA(), Weight::plus);
        StickyAbSelector selector = new StickyAbSelector(WeightedTargets.of(weights, targets));
        VersionTargets.Target a = targets.version(test.versionA());
        VersionTargets.Target b = targets.version(test.versionB());
        selector.choose(b, test.versionB());
        selector.choose(a, test.versionA());
        selector.choose(b, "B");
        selector.choose(a, "A");
        return selector;
    }

    private void choose(VersionTargets.Target target, String word) {
        choices.put(KeySource.hash(word), target);
        choices.put(KeySource.hash(word.toLowerCase(Locale.ROOT)), target);
        choices.put(KeySource.hash(word.toUpperCase(Locale.ROOT)), target);
    }

    @Override
    public RouteDecision.Routed select(RequestHead head, RequestDraw draw, RandomGenerator random) {
        if (!draw.byKey()) {
            int lot = Draw.random(random);
            return shares.byLot(lot).routed(Draw.reason(SplitKind.AB_RANDOM, lot));
        }
        VersionTargets.@Nullable Target chosen = choices.get(draw.key());
        return chosen != null
                ? chosen.routed(Draw.reason(SplitKind.AB_CHOICE, BySplit.NO_DRAW))
                : shares.byKey(draw.key()).routed(Draw.reason(SplitKind.STICKY, BySplit.NO_DRAW));
    }
}
