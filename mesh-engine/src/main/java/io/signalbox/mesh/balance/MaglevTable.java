package io.signalbox.mesh.balance;

import io.signalbox.mesh.hash.StableHash;
import io.signalbox.mesh.model.Endpoint;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A table of {@value #SIZE} places that endpoints fill in turn, each in an order of its own (Maglev, Eisenbud et al.,
 * NSDI 2016, 3.4).
 *
 * <p>Looking up is one read. Shares are more even than on a ring; when an endpoint comes or goes, a few more keys than
 * need to change hands. An endpoint of half the highest weight takes every other turn.
 */
final class MaglevTable implements KeyTable {

    /** The smaller of the two sizes that the paper measures; a prime. */
    static final int SIZE = 65_537;

    private static final long SKIP = 0x5eedL;

    private final String[] owners;
    private final char[] places;

    private MaglevTable(String[] owners, char[] places) {
        this.owners = owners;
        this.places = places;
    }

    static MaglevTable of(List<Endpoint> endpoints, ToIntFunction<Endpoint> weights) {
        int count = endpoints.size();
        String[] owners = endpoints.stream().map(Endpoint::instanceId).toArray(String[]::new);
        char[] places = new char[count == 0 ? 0 : SIZE];
        if (count > 0) {
            fill(places, owners, endpoints.stream().mapToInt(weights).toArray(), KeyTable.highest(endpoints, weights));
        }
        return new MaglevTable(owners, places);
    }

    private static void fill(char[] places, String[] owners, int[] weights, int highest) {
        int count = owners.length;
        int[] next = new int[count];
        int[] skip = new int[count];
        long[] earned = new long[count];
        for (int i = 0; i < count; i++) {
            next[i] = (int) Long.remainderUnsigned(StableHash.of(0, owners[i]), SIZE);
            skip[i] = 1 + (int) Long.remainderUnsigned(StableHash.of(SKIP, owners[i]), SIZE - 1);
        }
        boolean[] taken = new boolean[SIZE];
        int filled = 0;
        while (true) {
            for (int i = 0; i < count; i++) {
                earned[i] += weights[i];
                if (earned[i] < highest) {
                    continue;
                }
                earned[i] -= highest;
                while (taken[next[i]]) {
                    next[i] = (next[i] + skip[i]) % SIZE;
                }
                taken[next[i]] = true;
                places[next[i]] = (char) i;
                if (++filled == SIZE) {
                    return;
                }
            }
        }
    }

    @Override
    public @Nullable String owner(long key) {
        return places.length == 0 ? null : owners[places[(int) Math.unsignedMultiplyHigh(key, SIZE)]];
    }

    /** Who has a place, for tests of how even and how steady the table is. */
    String at(int place) {
        return owners[places[place]];
    }
}
