package io.signalbox.console.feed;

import java.time.Instant;
import java.util.Arrays;

/**
 * One value a second over the last half hour, as lines are drawn from it; {@code NaN} where none was seen. Used by one
 * thread.
 */
public final class SecondsRing {

    /** How many seconds are kept. */
    public static final int SECONDS = 1_800;

    private final double[] values = new double[SECONDS];
    private final long[] seconds = new long[SECONDS];
    private long newest = Long.MIN_VALUE;

    public SecondsRing() {
        Arrays.fill(seconds, Long.MIN_VALUE);
    }

    /** Keeps the value for its second, in place of an earlier one of the same second. */
    public void put(Instant at, double value) {
        long second = at.getEpochSecond();
        int index = (int) Math.floorMod(second, (long) SECONDS);
        values[index] = value;
        seconds[index] = second;
        newest = Math.max(newest, second);
    }

    /**
     * The values of the last seconds up to the newest, oldest first.
     *
     * @param count how many seconds, 1 to {@link #SECONDS}
     */
    public double[] last(int count) {
        if (count < 1 || count > SECONDS) {
            throw new IllegalArgumentException("count: " + count + " (expected: 1.." + SECONDS + ")");
        }
        double[] result = new double[count];
        for (int i = 0; i < count; i++) {
            long second = newest - count + 1 + i;
            int index = (int) Math.floorMod(second, (long) SECONDS);
            result[i] = newest != Long.MIN_VALUE && seconds[index] == second ? values[index] : Double.NaN;
        }
        return result;
    }

    /** The second of the newest value; the epoch where there is none. */
    public Instant newest() {
        return newest == Long.MIN_VALUE ? Instant.EPOCH : Instant.ofEpochSecond(newest);
    }
}
