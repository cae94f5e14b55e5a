package io.signalbox.mesh.resilience;

import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.model.WindowCounts;
import io.signalbox.mesh.resilience.CallOutcome.Speed;
import io.signalbox.mesh.resilience.CallOutcome.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last so many calls, one by one, with the counts of the newest of them kept along. Not safe to share among threads.
 *
 * <p>They are numbers in one array made ahead: threads that enter calls in turn hand a line or two of memory to each other
 * instead of one for each field, and no collection has to copy what is about to be forgotten.
 */
final class LatestCalls {

    private static final int END = 0;
    private static final int DURATION = 1;
    private static final int ID = 2;
    private static final int REST = 4;
    private static final int FIELDS = 5;

    private static final int FAILED = 1;
    private static final int SLOW = 2;
    private static final int STATUS_SHIFT = 8;

    private final int kept;
    private final int counted;
    private final long[] calls;

    private final @Nullable Cause[] causes;

    /** Request ids that are no UUIDs; empty until the first. */
    private @Nullable String[] otherIds = new String[0];

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
        this.kept = kept;
        this.counted = counted;
        calls = new long[kept * FIELDS];
        causes = new Cause[kept];
    }

    void add(long nowNanos, long duration, Verdict verdict, Speed speed, CallNotes notes) {
        if (held >= counted) {
            tally(rest(back(counted)), -1);
        }
        if (held == kept) {
            forget(rest(next));
        } else {
            held++;
        }
        long mark = (verdict == Verdict.FAILED ? FAILED : 0) | (speed == Speed.SLOW ? SLOW : 0);
        int at = next * FIELDS;
        calls[at + END] = nowNanos;
        calls[at + DURATION] = duration;
        calls[at + REST] = mark | (long) notes.status() << STATUS_SHIFT;
        // Nearly always null after null: what is not written stays with all threads.
        Cause cause = notes.cause();
        if (causes[next] != cause) {
            causes[next] = cause;
        }
        keepId(notes.requestId(), at + ID);
        tally(mark, 1);
        inARow = verdict == Verdict.FAILED ? inARow + 1 : 0;
        next = next + 1 == kept ? 0 : next + 1;
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
            int place = back(held - i);
            int at = place * FIELDS;
            long rest = rest(place);
            outcomes.add(new CallOutcome(
                    nowNanos - calls[at + END],
                    calls[at + DURATION],
                    (rest & FAILED) == 0 ? Verdict.SUCCEEDED : Verdict.FAILED,
                    (rest & SLOW) == 0 ? Speed.QUICK : Speed.SLOW,
                    (short) (rest >>> STATUS_SHIFT),
                    causes[place],
                    id(place)));
        }
        return outcomes;
    }

    private int back(int places) {
        int place = next - places;
        return place < 0 ? place + kept : place;
    }

    private long rest(int place) {
        return calls[place * FIELDS + REST];
    }

    private void keepId(@Nullable String id, int at) {
        boolean asBits = id != null && UuidBits.write(id, calls, at);
        if (!asBits) {
            UuidBits.clear(calls, at);
        }
        if (id != null && !asBits && otherIds.length == 0) {
            otherIds = new String[kept];
        }
        if (otherIds.length > 0) {
            otherIds[next] = asBits ? null : id;
        }
    }

    private @Nullable String id(int place) {
        int at = place * FIELDS + ID;
        if (!UuidBits.isClear(calls, at)) {
            return UuidBits.read(calls, at);
        }
        return otherIds.length == 0 ? null : otherIds[place];
    }

    private void forget(long rest) {
        forgotten++;
        forgottenRun = (rest & FAILED) == 0 ? 0 : forgottenRun + 1;
        longestForgottenRun = Math.max(longestForgottenRun, forgottenRun);
    }

    private void tally(long rest, int by) {
        failures += (rest & FAILED) == 0 ? 0 : by;
        slow += (rest & SLOW) == 0 ? 0 : by;
    }
}
