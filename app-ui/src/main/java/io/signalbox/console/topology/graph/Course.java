package io.signalbox.console.topology.graph;

import io.signalbox.mesh.model.status.Latency;
import io.signalbox.mesh.model.status.TrafficStats;
import java.time.Instant;
import java.util.Arrays;

/** How one edge or service did in each of the last 300 seconds. Used by one thread. */
public final class Course {

    public static final int SECONDS = 300;

    private final float[] rates = unknown();
    private final float[] successes = unknown();
    private final float[] p99s = unknown();
    private final float[] inFlights = unknown();
    private long newest = Long.MIN_VALUE;

    private static float[] unknown() {
        float[] values = new float[SECONDS];
        Arrays.fill(values, Float.NaN);
        return values;
    }

    /** Keeps the figures for their second, in place of earlier ones of the same second; older ones are ignored. */
    public void put(Instant at, TrafficStats stats, int inFlight) {
        long second = at.getEpochSecond();
        if (second < newest) {
            return;
        }
        if (newest != Long.MIN_VALUE) {
            for (long missed = Math.max(newest + 1, second - SECONDS); missed < second; missed++) {
                set(missed, Float.NaN, Float.NaN, Float.NaN, Float.NaN);
            }
        }
        newest = second;
        Latency latency = stats.latency();
        set(
                second,
                (float) stats.requestsPerSecond(),
                (float) (stats.successShare().orElse(Double.NaN) * 100),
                latency == null ? Float.NaN : (float) (latency.p99Nanos() / 1e6),
                inFlight);
    }

    /** Requests a second, oldest first; {@code NaN} where nothing was known. */
    public double[] rates() {
        return oldestFirst(rates);
    }

    /** The share that succeeded, percent. */
    public double[] successes() {
        return oldestFirst(successes);
    }

    /** In milliseconds. */
    public double[] p99s() {
        return oldestFirst(p99s);
    }

    public double[] inFlights() {
        return oldestFirst(inFlights);
    }

    private double[] oldestFirst(float[] ring) {
        double[] line = new double[SECONDS];
        for (int i = 0; i < SECONDS; i++) {
            line[i] = newest == Long.MIN_VALUE ? Double.NaN : ring[index(newest - SECONDS + 1 + i)];
        }
        return line;
    }

    /** The second of the newest figures; the epoch where there are none. */
    public Instant newest() {
        return newest == Long.MIN_VALUE ? Instant.EPOCH : Instant.ofEpochSecond(newest);
    }

    private void set(long second, float rate, float success, float p99, float flying) {
        int at = index(second);
        rates[at] = rate;
        successes[at] = success;
        p99s[at] = p99;
        inFlights[at] = flying;
    }

    private static int index(long second) {
        return (int) Math.floorMod(second, (long) SECONDS);
    }
}
