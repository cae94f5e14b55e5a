package io.signalbox.mesh.model;

/**
 * How many calls a circuit's window holds.
 *
 * @param calls all of them
 * @param failures those of them that failed
 * @param slow those of them that were slow, whether they failed or not
 */
public record WindowCounts(int calls, int failures, int slow) {

    public static final WindowCounts NONE = new WindowCounts(0, 0, 0);

    /** The share of failures; 0.0 when there was no call. */
    public double failureRate() {
        return calls == 0 ? 0 : failures / (double) calls;
    }

    /** The share of slow calls; 0.0 when there was no call. */
    public double slowRate() {
        return calls == 0 ? 0 : slow / (double) calls;
    }
}
