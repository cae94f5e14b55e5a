package io.signalbox.mesh.canary;

import io.signalbox.mesh.model.InvalidValueException;
import java.util.List;

/**
 * How many requests took how long, in fixed slots 4.4 % wide: slot 0 is all below 100 µs, slot <i>i</i> begins at
 * 100 µs · 2<sup>(i−1)/16</sup>, and the last one holds all from about ten minutes on.
 *
 * <p>The slots are the same for every version and every time, so that counts of two slices can be compared and added.
 *
 * @param counts by slot, from slot 0; slots that are left out at the end are empty
 */
public record Latencies(List<Long> counts) {

    /** Of no request. */
    public static final Latencies NONE = new Latencies(List.of());

    /** How many slots there are. */
    static final int SLOTS = 362;

    /** How many times as long as the shortest latency the longest one is. */
    static final double RANGE = 1e7;

    private static final double FINEST_NANOS = 100_000;
    private static final double SLOTS_A_DOUBLING = 16;

    public Latencies {
        InvalidValueException.unless(counts.size() <= SLOTS, "latency slots", counts.size(), "0.." + SLOTS);
        Counts own = Counts.of(counts);
        InvalidValueException.unless(own.least() >= 0, "latency count", own.least(), ">= 0");
        counts = own;
    }

    /** Collects latencies; for one thread. */
    public static final class Counter {
        private final long[] counts = new long[SLOTS];

        /**
         * Counts some requests of the same latency.
         *
         * @param nanos how long each took; what is negative counts as zero
         */
        public Counter add(long nanos, long requests) {
            counts[slotOf(nanos)] += requests;
            return this;
        }

        /** What was counted so far. */
        public Latencies total() {
            return new Latencies(Counts.ofTrimmed(counts.clone()));
        }
    }

    /** How many requests were timed. */
    public long total() {
        return from(0);
    }

    /** How many requests fall into a slot or a later one. */
    long from(int slot) {
        return own().sumFrom(slot);
    }

    /** How many requests fall into a slot. */
    long at(int slot) {
        return own().at(slot);
    }

    /** The slot that a latency falls into. */
    static int slotOf(long nanos) {
        if (nanos < FINEST_NANOS) {
            return 0;
        }
        double doublings = Math.log(nanos / FINEST_NANOS) / Math.log(2);
        return (int) Math.min(SLOTS - 1, 1 + Math.floor(doublings * SLOTS_A_DOUBLING));
    }

    /** The least latency of a slot. */
    static double beginNanos(int slot) {
        return slot == 0 ? 0 : FINEST_NANOS * Math.pow(2, (slot - 1) / SLOTS_A_DOUBLING);
    }

    /**
     * The middle of the slot that a quantile lies in, never below half of the finest.
     *
     * @param quantile 0..1
     */
    public double quantileNanos(double quantile) {
        int slot = own().indexAt(Math.min(1, quantile) * total());
        return slot == 0 ? FINEST_NANOS / 2 : beginNanos(slot) * Math.pow(2, 0.5 / SLOTS_A_DOUBLING);
    }

    /** How many slots a factor of at least 1 reaches upwards, rounded down. */
    static int slotsOf(double factor) {
        return (int) Math.floor(Math.log(factor) / Math.log(2) * SLOTS_A_DOUBLING + 1e-9);
    }

    /** These and those together. */
    public Latencies plus(Latencies other) {
        return new Latencies(own().plus(other.own()));
    }

    /** Half of each, rounded down. */
    Latencies halved() {
        return new Latencies(own().halved());
    }

    private Counts own() {
        return Counts.of(counts);
    }
}
