package io.signalbox.mesh.proxy.relay;

import io.signalbox.mesh.proxy.transport.AnswerPace;
import java.util.OptionalInt;

/**
 * How many bytes of a body may pass, and when. What was not used is not saved up: a slow sender is no reason to be fast
 * afterwards. Belongs to its loop's thread.
 */
final class Throttle {

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /** Bytes for so long pass at once: less would wake the loop for next to nothing. */
    private static final int SLICES_PER_SECOND = 20;

    private static final int NO_BOUND = Integer.MAX_VALUE;

    private final AnswerPace pace;
    private final int rate;
    private final int slice;
    private long passed;
    private int chunkLeft;
    private long chunkFrom;
    private long rateFrom;

    Throttle(AnswerPace pace, long nowNanos) {
        this.pace = pace;
        rate = pace.bytesPerSecond().orElse(NO_BOUND);
        slice = Math.max(1, rate / SLICES_PER_SECOND);
        chunkLeft = pace.chunk();
        chunkFrom = nowNanos;
        rateFrom = nowNanos;
    }

    /** So many bytes may pass now. */
    int room(long nowNanos) {
        int room = untilReset();
        if (pace.chunk() > 0) {
            room = Math.min(room, nowNanos - chunkFrom < 0 ? 0 : chunkLeft);
        }
        if (rate != NO_BOUND) {
            room = Math.min(room, nowNanos - rateFrom < 0 ? 0 : slice);
        }
        return room;
    }

    void passed(int bytes, long nowNanos) {
        passed += bytes;
        if (pace.chunk() > 0) {
            chunkLeft -= bytes;
            if (chunkLeft <= 0) {
                chunkLeft = pace.chunk();
                chunkFrom = nowNanos + pace.every().toNanos();
            }
        }
        if (rate != NO_BOUND) {
            long sliceNanos = NANOS_PER_SECOND * slice / rate;
            long from = nowNanos - sliceNanos - rateFrom > 0 ? nowNanos : rateFrom;
            rateFrom = from + NANOS_PER_SECOND * bytes / rate;
        }
    }

    /** Nanoseconds until bytes may pass that may not yet; 0 when it is not for want of time. */
    long waitNanos(long nowNanos) {
        long wait = 0;
        if (pace.chunk() > 0) {
            wait = Math.max(wait, chunkFrom - nowNanos);
        }
        if (rate != NO_BOUND) {
            wait = Math.max(wait, rateFrom - nowNanos);
        }
        return wait;
    }

    /** Whether so much has passed that the rest is to be cut off. */
    boolean isResetDue() {
        return untilReset() == 0;
    }

    private int untilReset() {
        OptionalInt reset = pace.resetAfter();
        return reset.isEmpty() ? NO_BOUND : (int) Math.max(0, reset.getAsInt() - passed);
    }
}
