package io.signalbox.mesh.explain;

import java.util.random.RandomGenerator;

/**
 * Lots that are known beforehand, so that a decision can be made again: one for each draw, the last for all that follow.
 * For one thread.
 */
final class ScriptedDraws implements RandomGenerator {

    /** No rule of a weight below 100 takes this one. */
    static final int LEAVES = 99;

    /** Every rule of a weight above 0 takes this one. */
    static final int TAKES = 0;

    private static final int LOTS = 100;

    private final int[] lots;
    private int next;

    ScriptedDraws(int... lots) {
        this.lots = lots.clone();
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
        return lots[Math.min(next++, lots.length - 1)];
    }
}
