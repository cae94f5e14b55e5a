package io.signalbox.mesh.explain;

import java.util.random.RandomGenerator;

/**
 * Lots that are known beforehand, so that a decision can be made again: one for each draw, the last for all that follow.
 * For one thread.
 */
public final class ScriptedDraws implements RandomGenerator {

    /** No rule of a weight below 100 takes this one. */
    static final int LEAVES = 99;

    /** Every rule of a weight above 0 takes this one. */
    static final int TAKES = 0;

    private static final int LOTS = 100;

    private final int[] lots;
    private int next;

    public ScriptedDraws(int... lots) {
        this.lots = lots.clone();
    }

    /** How many draws there have been, those beyond the lots that are known included. */
    public int drawn() {
        return next;
    }

    @Override
    public int nextInt(int bound) {
        return (int) ((long) lot() * bound / LOTS);
    }

    @Override
    public long nextLong() {
        return Long.divideUnsigned(-1L, LOTS) * lot();
    }

    private int lot() {
        int place = next++;
        return lots.length == 0 ? TAKES : lots[Math.min(place, lots.length - 1)];
    }
}
