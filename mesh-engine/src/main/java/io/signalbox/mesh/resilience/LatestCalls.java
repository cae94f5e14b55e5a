package io.signalbox.mesh.resilience;

import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.resilience.CallOutcome.Speed;
import io.signalbox.mesh.resilience.CallOutcome.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last so many calls, one by one, in arrays made ahead, with the counts of the newest of them kept along. Not safe
 * to share among threads.
 */
final class LatestCalls {

    private static final byte FAILED = 1;
    private static final byte SLOW = 2;

    private final int counted;
    private final long[] endNanos;
    private final long[] durationNanos;
    private final byte[] marks;
    private final short[] statuses;
    private final @Nullable Cause[] causes;
    private final @Nullable String[] requestIds;
    private int next;
    private int held;
    private int failures;
    private int slow;
    private int inARow;
    private long forgotten;
    private int forgottenRun;
    private int longestForgottenRun;

    /** @param counted of how many of the newest the counts are, {@code kept} at most */
    LatestCalls(int kept, int counted) {
        this.counted = counted;
        endNanos = new long[kept];
        durationNanos = new long[kept];
        marks = new byte[kept];
        statuses = new short[kept];
        causes = new Cause[kept];
        requestIds = new String[kept];
    }

    void add(long nowNanos, long duration, Verdict verdict, Speed speed, CallNotes notes) {
        byte mark = (byte) ((verdict == Verdict.FAILED ? FAILED : 0) | (speed == Speed.SLOW ? SLOW : 0));
        if (held >= counted) {
            tally(marks[back(counted)], -1);
        }
        if (held == marks.length) {
            forget(marks[next]);
        } else {
            held++;
        }
        endNanos[next] = nowNanos;
        durationNanos[next] = duration;
        marks[next] = mark;
        statuses[next] = (short) notes.status();
        causes[next] = notes.cause();
        requestIds[next] = notes.requestId();
        tally(mark, 1);
        inARow = verdict == Verdict.FAILED ? inARow + 1 : 0;
        next = next + 1 == marks.length ? 0 : next + 1;
    }

    WindowCounts counts() {
        return new WindowCounts(Math.min(held, counted), failures, slow);
    }

    /** Those that failed since the last one that did not. */
    int failuresInARow() {
        return inARow;
    }

    /** Those that had to make room. */
    Opening.Earlier earlier() {
        return new Opening.Earlier(forgotten, forgottenRun, longestForgottenRun);
    }

    /** Goes on after failures in a row that are not held themselves. */
    void follow(int failuresBefore) {
        inARow = failuresBefore;
    }

    /** Oldest first. */
    List<CallOutcome> outcomes(long nowNanos) {
        List<CallOutcome> outcomes = new ArrayList<>(held);
        for (int i = 0; i < held; i++) {
            int at = back(held - i);
            outcomes.add(new CallOutcome(
                    nowNanos - endNanos[at],
                    durationNanos[at],
                    (marks[at] & FAILED) == 0 ? Verdict.SUCCEEDED : Verdict.FAILED,
                    (marks[at] & SLOW) == 0 ? Speed.QUICK : Speed.SLOW,
                    statuses[at],
                    causes[at],
                    requestIds[at]));
        }
        return outcomes;
    }

    private int back(int places) {
        int at = next - places;
        return at < 0 ? at + marks.length : at;
    }

    private void forget(byte mark) {
        forgotten++;
        forgottenRun = (mark & FAILED) == 0 ? 0 : forgottenRun + 1;
        longestForgottenRun = Math.max(longestForgottenRun, forgottenRun);
    }

    private void tally(byte mark, int by) {
        failures += (mark & FAILED) == 0 ? 0 : by;
        slow += (mark & SLOW) == 0 ? 0 : by;
    }
}
