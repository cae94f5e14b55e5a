package io.signalbox.mesh.resilience;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts of the last few seconds, one bucket each.
 *
 * <p>A bucket is one number, the second in its upper half and the count in its lower, so that a bucket passes to a new
 * second and starts over in a single compare-and-set. For any number of threads, without a lock.
 */
final class SecondCounts {

    private static final long COUNT = 0xffff_ffffL;

    private final AtomicLongArray buckets;

    SecondCounts(int seconds) {
        buckets = new AtomicLongArray(seconds);
    }

    void add(long second) {
        while (!addIfStill(second, at(second))) {
            Thread.onSpinWait();
        }
    }

    /** Counts one more in that second if its count is still the one given. */
    boolean addIfStill(long second, long count) {
        int index = (int) (second % buckets.length());
        long seen = buckets.get(index);
        return countOf(seen, second) == count
                && buckets.compareAndSet(index, seen, second << 32 | Math.min(COUNT, count + 1));
    }

    long at(long second) {
        return countOf(buckets.get((int) (second % buckets.length())), second);
    }

    /** The count of the whole window that ends with that second. */
    long sum(long second) {
        long sum = 0;
        for (int i = 0; i < buckets.length(); i++) {
            long bucket = buckets.get(i);
            long age = second - (bucket >>> 32);
            sum += age >= 0 && age < buckets.length() ? bucket & COUNT : 0;
        }
        return sum;
    }

    private static long countOf(long bucket, long second) {
        return bucket >>> 32 == second ? bucket & COUNT : 0;
    }
}
