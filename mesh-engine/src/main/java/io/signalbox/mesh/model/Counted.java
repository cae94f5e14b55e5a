package io.signalbox.mesh.model;

/** Sums of what others counted, none of which is below 0: where one would not fit it stays at the highest number. */
public final class Counted {

    private Counted() {}

    public static long sum(long one, long other) {
        long sum = one + other;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }
}
