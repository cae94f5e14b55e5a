package io.signalbox.mesh.resilience;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/**
 * How long a service takes to answer, learnt from its recent answers.
 *
 * <p>Counts in buckets 6 % wide, from a microsecond to ten minutes. When {@value #FORGET_AT} have been counted, half of
 * them is forgotten, so that an estimate rests on the last few thousand answers at most. An estimate stands until the
 * answers known have become 1/{@value #STANDS_FOR} more. For any number of threads, without a lock; recording is two
 * increments.
 */
public final class LatencyQuantiles {

    static final int FORGET_AT = 4_096;

    static final int STANDS_FOR = 64;

    private static final int PLENTY = FORGET_AT / 2;

    private static final int LEAST_ANSWERS = 20;
    private static final int BEYOND = 2;

    /** The finest step is 1,024 ns. */
    private static final int UNIT_BITS = 10;

    private static final int FINE_BITS = 4;
    private static final int FINE = 1 << FINE_BITS;
    private static final int BUCKETS = 27 * FINE;

    private final AtomicIntegerArray counts = new AtomicIntegerArray(BUCKETS);
    private final AtomicInteger total = new AtomicInteger();
    private volatile @Nullable Estimate latest;

    private record Estimate(double share, int known, Duration quantile) {

        boolean standsFor(double wanted, int knownNow) {
            return share == wanted && knownNow >= known && knownNow - known <= known / STANDS_FOR;
        }
    }

    /** Whether so many are known that a sample of those to come will do. */
    public boolean knowsPlenty() {
        return total.get() >= PLENTY;
    }

    public void record(long nanos) {
        counts.incrementAndGet(bucket(nanos));
        if (total.incrementAndGet() == FORGET_AT) {
            forgetHalf();
        }
    }

    /**
     * The time within which that share of the answers came, 6 % too long at most; {@code null} as long as fewer are
     * known than are needed for two beyond it, or fewer than {@value #LEAST_ANSWERS}.
     *
     * @param share 0..1, without the ends
     */
    public @Nullable Duration quantile(double share) {
        int known = total.get();
        if (known < LEAST_ANSWERS || known * (1 - share) < BEYOND) {
            return null;
        }
        Estimate held = latest;
        if (held != null && held.standsFor(share, known)) {
            return held.quantile();
        }
        Duration quantile = counted(share, known);
        latest = new Estimate(share, known, quantile);
        return quantile;
    }

    private Duration counted(double share, int known) {
        long rank = Math.max(1, (long) Math.ceil(share * known));
        long seen = 0;
        int last = 0;
        for (int i = 0; i < BUCKETS; i++) {
            int count = counts.get(i);
            if (count > 0) {
                last = i;
                seen += count;
                if (seen >= rank) {
                    break;
                }
            }
        }
        return Duration.ofNanos(endOf(last));
    }

    /** One thread does it: the one that counted just that many. */
    private void forgetHalf() {
        int forgotten = 0;
        for (int i = 0; i < BUCKETS; i++) {
            int half = counts.get(i) / 2;
            counts.addAndGet(i, -half);
            forgotten += half;
        }
        total.addAndGet(-forgotten);
        latest = null;
    }

    private static int bucket(long nanos) {
        long units = Math.max(0, nanos) >>> UNIT_BITS;
        if (units < FINE) {
            return (int) units;
        }
        int magnitude = Long.SIZE - 1 - Long.numberOfLeadingZeros(units);
        int fine = (int) (units >>> (magnitude - FINE_BITS)) & (FINE - 1);
        return Math.min(BUCKETS - 1, (magnitude - FINE_BITS + 1) * FINE + fine);
    }

    private static long endOf(int bucket) {
        if (bucket < FINE) {
            return (bucket + 1L) << UNIT_BITS;
        }
        long fine = FINE + bucket % FINE + 1L;
        return fine << (bucket / FINE - 1) << UNIT_BITS;
    }
}
