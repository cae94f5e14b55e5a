package io.signalbox.mesh.resilience;

import io.signalbox.mesh.model.WindowCounts;
import io.signalbox.mesh.resilience.CallOutcome.Speed;
import io.signalbox.mesh.resilience.CallOutcome.Verdict;

/** Calls, failures and slow calls of the last so many whole seconds. Not safe to share among threads. */
final class SecondTallies {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final int[] calls;
    private final int[] failures;
    private final int[] slow;
    private long latest = Long.MIN_VALUE;
    private int allCalls;
    private int allFailures;
    private int allSlow;

    SecondTallies(int seconds) {
        calls = new int[seconds];
        failures = new int[seconds];
        slow = new int[seconds];
    }

    void add(long nowNanos, Verdict verdict, Speed speed) {
        int at = moveTo(nowNanos);
        calls[at]++;
        allCalls++;
        if (verdict == Verdict.FAILED) {
            failures[at]++;
            allFailures++;
        }
        if (speed == Speed.SLOW) {
            slow[at]++;
            allSlow++;
        }
    }

    WindowCounts counts(long nowNanos) {
        int _ = moveTo(nowNanos);
        return new WindowCounts(allCalls, allFailures, allSlow);
    }

    /** Whether a window that ends now reaches back to that moment. */
    boolean reaches(long nowNanos, long thenNanos) {
        return second(nowNanos) - second(thenNanos) < calls.length;
    }

    /** Empties the seconds that have gone by, and returns the place of the current one. */
    private int moveTo(long nowNanos) {
        long now = second(nowNanos);
        if (latest == Long.MIN_VALUE) {
            latest = now;
        }
        // A thread that read the time before another may come after it; its call counts as the newest second's.
        for (long passed = Math.max(latest + 1, now - calls.length + 1); passed <= now; passed++) {
            empty(place(passed));
        }
        latest = Math.max(latest, now);
        return place(latest);
    }

    private void empty(int at) {
        allCalls -= calls[at];
        allFailures -= failures[at];
        allSlow -= slow[at];
        calls[at] = 0;
        failures[at] = 0;
        slow[at] = 0;
    }

    private int place(long second) {
        return Math.floorMod(second, calls.length);
    }

    private static long second(long nanos) {
        return Math.floorDiv(nanos, NANOS_PER_SECOND);
    }
}
