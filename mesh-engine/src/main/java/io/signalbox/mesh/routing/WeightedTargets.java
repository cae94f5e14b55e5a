package io.signalbox.mesh.routing;

import io.signalbox.mesh.hash.StableHash;
import io.signalbox.mesh.model.Weight;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Versions with shares that sum to 100, to draw one of: by lot, or by a key that always draws the same.
 *
 * <p>By key it is a weighted rendezvous: the key gives every version a number as from an exponential distribution with the
 * version's weight as its rate, and the least number wins. A version that gets more weight has a lesser number for every
 * key, and no other version's number changes, so that it only gains keys; one that gets less only loses some. (D. G.
 * Thaler and C. V. Ravishankar, 1998; weights as by J. Resch.)
 */
final class WeightedTargets {

    private final List<VersionTargets.Target> lots;
    private final List<VersionTargets.Target> targets;
    private final long[] salts;
    private final double[] weights;

    private WeightedTargets(Map<String, Weight> shares, VersionTargets versions) {
        long service = StableHash.of(0, versions.config().service());
        List<VersionTargets.Target> all = new ArrayList<>(100);
        this.targets = shares.keySet().stream().map(versions::version).toList();
        this.salts = new long[shares.size()];
        this.weights = new double[shares.size()];
        int i = 0;
        for (Map.Entry<String, Weight> share : shares.entrySet()) {
            salts[i] = StableHash.of(service, share.getKey());
            weights[i] = share.getValue().percent();
            all.addAll(Collections.nCopies(share.getValue().percent(), targets.get(i++)));
        }
        this.lots = List.copyOf(all);
    }

    static WeightedTargets of(Map<String, Weight> shares, VersionTargets versions) {
        return new WeightedTargets(shares, versions);
    }

    /** @param lot 0..99 */
    VersionTargets.Target byLot(int lot) {
        return lots.get(lot);
    }

    /** @param key a hash of it */
    VersionTargets.Target byKey(long key) {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] > 0) {
                // Strict, so that every machine computes the same.
                double number = -StrictMath.log(StableHash.unit(StableHash.mix(key, salts[i]))) / weights[i];
                if (number < least) {
                    least = number;
                    best = i;
                }
            }
        }
        return targets.get(best);
    }
}
