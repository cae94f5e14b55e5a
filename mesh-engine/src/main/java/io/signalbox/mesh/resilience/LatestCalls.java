package io.signalbox.mesh.resilience;

import io.signalbox.mesh.resilience.CallOutcome.Speed;
import io.signalbox.mesh.resilience.CallOutcome.Verdict;
import java.util.ArrayList;
import java.util.List;

/** The last so many calls, one by one, with their counts kept along. Not safe to share among threads. */
final class LatestCalls {

    private static final byte FAILED = 1;
    private static final byte SLOW = 2;

    private final long[] endNanos;
    private final long[] durationNanos;
    private final byte[] marks;
    private int next;
    private int held;
    private int failures;
    private int slow;

    LatestCalls(int size) {
        endNanos = new long[size];
        durationNanos = new long[size];
        marks = new byte[size];
    }

    void add(long nowNanos, long duration, Verdict verdict, Speed speed) {
        byte mark = (byte) ((verdict == Verdict.FAILED ? FAILED : 0) | (speed == Speed.SLOW ? SLOW : 0));
        if (held == marks.length) {
            tally(marks[next], -1);
        } else {
            held++;
        }
        endNanos[next] = nowNanos;
        durationNanos[next] = duration;
        marks[next] = mark;
        tally(mark, 1);
        next = next + 1 == marks.length ? 0 : next + 1;
    }

    WindowCounts counts() {
        return new WindowCounts(held, failures, slow);
    }

    /** Oldest first. */
    List<CallOutcome> outcomes(long nowNanos) {
        List<CallOutcome> outcomes = new ArrayList<>(held);
        for (int i = 0; i < held; i++) {
            int at = (next - held + i + marks.length) % marks.length;
            outcomes.add(new CallOutcome(
                    nowNanos - endNanos[at],
                    durationNanos[at],
                    (marks[at] & FAILED) == 0 ? Verdict.SUCCEEDED : Verdict.FAILED,
                    (marks[at] & SLOW) == 0 ? Speed.QUICK : Speed.SLOW));
        }
        return outcomes;
    }

    private void tally(byte mark, int by) {
        failures += (mark & FAILED) == 0 ? 0 : by;
        slow += (mark & SLOW) == 0 ? 0 : by;
    }
}
