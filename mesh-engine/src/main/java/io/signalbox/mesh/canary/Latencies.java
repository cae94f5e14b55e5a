package io.signalbox.mesh.canary;

import io.signalbox.mesh.model.InvalidValueException;
import java.util.ArrayList;
import java.util.Collections;
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

    private static final double FINEST_NANOS = 100_000;
    private static final double SLOTS_A_DOUBLING = 16;

    public Latencies {
        InvalidValueException.unless(counts.size() <= SLOTS, "latency slots", counts.size(), "0.." + SLOTS);
        counts.forEach(count -> InvalidValueException.unless(count >= 0, "latency count", count, ">= 0"));
        counts = List.copyOf(withoutEmptyEnd(counts));
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
            List<Long> all = new ArrayList<>(SLOTS);
            for (long count : counts) {
                all.add(count);
            }
            return new Latencies(all);
        }
    }

    /** How many requests were timed. */
    public long total() {
        return from(0);
    }

    /** How many requests fall into a slot or a later one. */
    long from(int slot) {
        long sum = 0;
        for (int i = Math.max(0, slot); i < counts.size(); i++) {
            sum += counts.get(i);
        }
        return sum;
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

    /** How many slots a factor of at least 1 reaches upwards, rounded down. */
    static int slotsOf(double factor) {
        return (int) Math.floor(Math.log(factor) / Math.log(2) * SLOTS_A_DOUBLING + 1e-9);
    }

    /** These and those together. */
    public Latencies plus(Latencies other) {
        int size = Math.max(counts.size(), other.counts.size());
        List<Long> sum = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            sum.add(at(i) + other.at(i));
        }
        return new Latencies(sum);
    }

    /** Half of each, rounded down. */
    Latencies halved() {
        return new Latencies(counts.stream().map(count -> count / 2).toList());
    }

    private long at(int slot) {
        return slot < counts.size() ? counts.get(slot) : 0;
    }

    private static List<Long> withoutEmptyEnd(List<Long> counts) {
        int end = counts.size();
        while (end > 0 && counts.get(end - 1) == 0) {
            end--;
        }
        return Collections.unmodifiableList(counts.subList(0, end));
    }
}
