package io.signalbox.mesh.balance;

import io.signalbox.mesh.hash.StableHash;
import io.signalbox.mesh.model.Endpoint;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A ring with {@value #POINTS} points for each endpoint, fewer for one of less weight; a key belongs to the point that
 * follows it (consistent hashing, Karger et al. 1997).
 *
 * <p>When an endpoint comes or goes, no other keys change hands than it takes or leaves. Shares vary by some percent.
 */
final class HashRing implements KeyTable {

    static final int POINTS = 256;

    private static final long OWNER = MOST - 1;

    private final String[] owners;
    private final long[] points;

    private HashRing(String[] owners, long[] points) {
        this.owners = owners;
        this.points = points;
    }

    static HashRing of(List<Endpoint> endpoints, ToIntFunction<Endpoint> weights) {
        int highest = KeyTable.highest(endpoints, weights);
        String[] owners = endpoints.stream().map(Endpoint::instanceId).toArray(String[]::new);
        long[] points = new long[owners.length * POINTS];
        int count = 0;
        for (int i = 0; i < owners.length; i++) {
            long own = StableHash.of(0, owners[i]);
            long many = Math.max(1, Math.round(POINTS * (double) weights.applyAsInt(endpoints.get(i)) / highest));
            for (int point = 0; point < many; point++) {
                points[count++] = (StableHash.mix(own + point) & ~OWNER) | i;
            }
        }
        long[] sorted = Arrays.copyOf(points, count);
        Arrays.sort(sorted);
        return new HashRing(owners, sorted);
    }

    @Override
    public @Nullable String owner(long key) {
        if (points.length == 0) {
            return null;
        }
        int found = Arrays.binarySearch(points, key);
        int next = found >= 0 ? found : -found - 1;
        return owners[(int) (points[next == points.length ? 0 : next] & OWNER)];
    }
}
