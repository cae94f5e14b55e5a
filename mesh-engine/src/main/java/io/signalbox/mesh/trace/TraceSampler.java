package io.signalbox.mesh.trace;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps all traces while they are few and a share of them when they are many: spans a second between a fourth of a number
 * and that number.
 *
 * <p>The share is a power of two and the choice depends on the trace's id alone, so all spans of a trace are kept or none,
 * save around a change of the share. Safe to use from any thread.
 */
final class TraceSampler {

    /** Spans a second, unless another number is given. */
    static final int MOST = 256;

    private static final int LEAST_SHARE = 30;
    private static final long WINDOW_NANOS = 1_000_000_000;
    private static final long SPREAD = 0x9e37_79b9_7f4a_7c15L;

    private final AtomicLong windowEnd;
    private final AtomicInteger kept = new AtomicInteger();

    /** One in two to the power of this is kept. */
    private final AtomicInteger halvings = new AtomicInteger();

    private final int most;

    TraceSampler(long nowNanos, int most) {
        this.most = most;
        windowEnd = new AtomicLong(nowNanos + WINDOW_NANOS);
    }

    boolean keeps(long traceId, long nowNanos) {
        long end = windowEnd.get();
        if (nowNanos - end >= 0 && windowEnd.compareAndSet(end, nowNanos + WINDOW_NANOS)) {
            turn((nowNanos - end) / WINDOW_NANOS);
        }
        int share = halvings.get();
        if (share > 0 && (traceId * SPREAD) >>> (Long.SIZE - share) != 0) {
            return false;
        }
        if (kept.incrementAndGet() > most && halvings.compareAndSet(share, Math.min(share + 1, LEAST_SHARE))) {
            kept.set(0);
        }
        return true;
    }

    private void turn(long idleWindows) {
        long quiet = idleWindows + (kept.getAndSet(0) < most / 4 ? 1 : 0);
        halvings.updateAndGet(share -> (int) Math.max(0, share - quiet));
    }
}
