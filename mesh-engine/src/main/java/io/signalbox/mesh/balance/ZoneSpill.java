package io.signalbox.mesh.balance;

import io.signalbox.mesh.hash.StableHash;
import io.signalbox.mesh.model.ZonePreference;
import java.util.random.RandomGenerator;

/** How many requests stay in their zone. */
public final class ZoneSpill {

    private static final double PERCENT = 100;
    private static final long STAY = 0x20e5L;

    private ZoneSpill() {}

    /**
     * The share of requests that stay: all of them while at least {@code spillBelow} percent of the zone's endpoints are
     * usable, of less in proportion.
     *
     * @param all endpoints of the zone, at least one
     */
    public static double staying(int usable, int all, ZonePreference preference) {
        return Math.min(1, PERCENT * usable / all / preference.spillBelow());
    }

    /** Whether one request stays: drawn by its key, so that it does the next time too, or at random without one. */
    public static boolean stays(double share, long key, RandomGenerator random) {
        if (share >= 1) {
            return true;
        }
        double draw = key == RequestKey.NONE ? random.nextDouble() : StableHash.unit(StableHash.mix(key ^ STAY));
        return draw < share;
    }
}
