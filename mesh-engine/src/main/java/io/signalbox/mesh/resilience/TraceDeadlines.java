package io.signalbox.mesh.resilience;

import io.signalbox.mesh.time.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * How long the callers of one application still wait, by trace: an application passes trace fields on, but no deadline.
 *
 * <p>What is asked of the application in a trace bounds what it asks of others in that trace. Of several requests of one
 * trace the one with the most time counts, since nobody can tell for which of them a call is made. A deadline that has
 * passed is known for {@value #GRACE_MILLIS} ms more, so that calls which the application makes afterwards for nobody
 * end at once.
 *
 * <p>A fixed table of {@value #SLOTS} numbers, each with 32 bits that stand for the trace and the deadline in
 * milliseconds. A trace that finds its eight places taken is not remembered, and its calls have their full time; two
 * traces are taken for one with a chance of 2⁻³² for each of those places. For any number of threads; it neither locks
 * nor allocates.
 */
public final class TraceDeadlines {

    static final int SLOTS = 4_096;
    static final int GRACE_MILLIS = 10_000;

    private static final int WAYS = 8;
    private static final int LONGEST_MILLIS = (int) Duration.ofDays(1).toMillis();
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long LOW = 0xffff_ffffL;

    private final AtomicLongArray slots = new AtomicLongArray(SLOTS);
    private final Ticker ticker;
    private final long originNanos;

    public TraceDeadlines(Ticker ticker) {
        this.ticker = ticker;
        this.originNanos = ticker.nanos();
    }

    /**
     * Something was asked of the application, and its caller waits for so long.
     *
     * @param traceId the lower half of it, which every form of trace fields keeps
     * @return what to give to {@link #forget}
     */
    public long remember(long traceId, Duration left) {
        long mixed = mixed(traceId);
        int now = nowMillis();
        long millis = Math.min(LONGEST_MILLIS, left.toMillis());
        long entry = tag(mixed) << 32 | (now + (int) millis & LOW);
        int first = first(mixed);
        for (int i = first; i < first + WAYS; i++) {
            long seen = slots.get(i);
            if (isFree(seen, now) && slots.compareAndSet(i, seen, entry)) {
                return entry;
            }
        }
        return 0;
    }

    /** It has been answered: its deadline means nothing any more. */
    public void forget(long traceId, long remembered) {
        int first = first(mixed(traceId));
        for (int i = first; remembered != 0 && i < first + WAYS; i++) {
            if (slots.get(i) == remembered && slots.compareAndSet(i, remembered, 0)) {
                return;
            }
        }
    }

    /** The time left of what the application was asked in that trace, never negative; {@code null} when nothing is known. */
    public @Nullable Duration left(long traceId) {
        long mixed = mixed(traceId);
        long tag = tag(mixed);
        int first = first(mixed);
        int now = 0;
        int most = Integer.MIN_VALUE;
        for (int i = first; i < first + WAYS; i++) {
            long seen = slots.get(i);
            if (seen != 0 && seen >>> 32 == tag) {
                now = now == 0 ? nowMillis() : now;
                if (!isFree(seen, now)) {
                    most = Math.max(most, (int) seen - now);
                }
            }
        }
        return most == Integer.MIN_VALUE ? null : Duration.ofMillis(Math.max(0, most));
    }

    private static boolean isFree(long entry, int now) {
        int left = (int) entry - now;
        return entry == 0 || left < -GRACE_MILLIS || left > LONGEST_MILLIS;
    }

    /** Wraps around after seven weeks; no trace is that old. */
    private int nowMillis() {
        return (int) ((ticker.nanos() - originNanos) / NANOS_PER_MILLI);
    }

    private static long tag(long mixed) {
        return mixed >>> 32 | 1;
    }

    private static int first(long mixed) {
        return (int) mixed & (SLOTS - 1) & -WAYS;
    }

    /** Traces that others choose may be alike but in a few bits (the finalizer of MurmurHash3). */
    private static long mixed(long traceId) {
        long mixed = (traceId ^ traceId >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ mixed >>> 33;
    }
}
