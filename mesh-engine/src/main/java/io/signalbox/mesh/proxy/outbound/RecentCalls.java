package io.signalbox.mesh.proxy.outbound;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.signalbox.mesh.time.Ticker;

/** Calls and failures of the last minute, in one-second buckets. Safe to use from any thread. */
final class RecentCalls {

    private static final int SECONDS = 60;
    private static final long NANOS = 1_000_000_000L;

    private final Ticker ticker;
    private final long origin;

    @GuardedBy("this")
    private final long[] second = new long[SECONDS];

    @GuardedBy("this")
    private final int[] calls = new int[SECONDS];

    @GuardedBy("this")
    private final int[] failures = new int[SECONDS];

    RecentCalls(Ticker ticker) {
        this.ticker = ticker;
        this.origin = ticker.nanos();
    }

    synchronized void succeeded() {
        calls[bucket()]++;
    }

    synchronized void failed() {
        int bucket = bucket();
        calls[bucket]++;
        failures[bucket]++;
    }

    synchronized Counts lastMinute() {
        long now = now();
        long allCalls = 0;
        long allFailures = 0;
        for (int i = 0; i < SECONDS; i++) {
            if (now - second[i] < SECONDS) {
                allCalls += calls[i];
                allFailures += failures[i];
            }
        }
        return new Counts(allCalls, allFailures);
    }

    @GuardedBy("this")
    private int bucket() {
        long now = now();
        int index = (int) (now % SECONDS);
        if (second[index] != now) {
            second[index] = now;
            calls[index] = 0;
            failures[index] = 0;
        }
        return index;
    }

    private long now() {
        return (ticker.nanos() - origin) / NANOS;
    }

    /** How many calls ended, and how many of them failed. */
    record Counts(long calls, long failures) {}
}
