package io.signalbox.mesh.canary;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;

/** Counts as a list that cannot be changed, without an object for each. Its end is never zero. */
final class Counts extends AbstractList<Long> implements RandomAccess {

    private final long[] values;

    private Counts(long[] values) {
        this.values = values;
    }

    static Counts of(List<Long> list) {
        return list instanceof Counts counts
                ? counts
                : ofTrimmed(list.stream().mapToLong(Long::longValue).toArray());
    }

    /** @param values are the list's own from now on */
    static Counts ofTrimmed(long[] values) {
        int end = values.length;
        while (end > 0 && values[end - 1] == 0) {
            end--;
        }
        return new Counts(end == values.length ? values : Arrays.copyOf(values, end));
    }

    /** Zero beyond the end. */
    long at(int index) {
        return index < values.length ? values[index] : 0;
    }

    long sumFrom(int index) {
        long sum = 0;
        for (int i = Math.max(0, index); i < values.length; i++) {
            sum += values[i];
        }
        return sum;
    }

    /** The least count, or 0 if none is less. */
    long least() {
        long least = 0;
        for (long value : values) {
            least = Math.min(least, value);
        }
        return least;
    }

    /** The index of the count that lies so far from the begin when all are laid one after the other. */
    int indexAt(double position) {
        double sum = 0;
        for (int i = 0; i < values.length - 1; i++) {
            sum += values[i];
            if (sum >= position) {
                return i;
            }
        }
        return Math.max(0, values.length - 1);
    }

    Counts plus(Counts other) {
        if (values.length < other.values.length) {
            return other.plus(this);
        }
        if (other.values.length == 0) {
            return this;
        }
        long[] sum = values.clone();
        for (int i = 0; i < other.values.length; i++) {
            sum[i] += other.values[i];
        }
        return new Counts(sum);
    }

    /** Half of each, rounded down. */
    Counts halved() {
        return ofTrimmed(Arrays.stream(values).map(value -> value / 2).toArray());
    }

    @Override
    public Long get(int index) {
        return values[index];
    }

    @Override
    public int size() {
        return values.length;
    }
}
