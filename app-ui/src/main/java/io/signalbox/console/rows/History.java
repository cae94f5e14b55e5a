package io.signalbox.console.rows;

import java.util.Arrays;

/** The newest values of one figure, oldest first, at most {@code capacity} of them. Belongs to one thread. */
public final class History {

    private final double[] ring;
    private int next;
    private int size;

    public History(int capacity) {
        ring = new double[capacity];
    }

    public void add(double value) {
        ring[next] = value;
        next = (next + 1) % ring.length;
        size = Math.min(size + 1, ring.length);
    }

    public int size() {
        return size;
    }

    public double[] values() {
        if (size < ring.length) {
            return Arrays.copyOf(ring, size);
        }
        double[] ordered = new double[size];
        System.arraycopy(ring, next, ordered, 0, size - next);
        System.arraycopy(ring, 0, ordered, size - next, next);
        return ordered;
    }
}
