package io.signalbox.mesh.resilience;

import io.signalbox.mesh.model.RateLimit;
import io.signalbox.mesh.time.Ticker;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A rate limit's count: {@code burst} tokens at first, of which each request takes one, refilled evenly.
 *
 * <p>For any number of threads, without a lock: all of it is one number, the moment at which the bucket will be full
 * again (the virtual scheduling of the generic cell rate algorithm, ITU-T I.371).
 */
public final class TokenBucket {

    private final RateLimit limit;
    private final Ticker ticker;
    private final long each;
    private final long tolerance;
    private final AtomicLong fullAt;

    public TokenBucket(RateLimit limit, Ticker ticker) {
        this.limit = limit;
        this.ticker = ticker;
        double nanosPerToken = limit.per().toNanos() / (double) limit.requests();
        this.each = Math.max(1, Math.round(nanosPerToken));
        this.tolerance = Math.round(nanosPerToken * limit.burst());
        this.fullAt = new AtomicLong(ticker.nanos());
    }

    public RateLimit limit() {
        return limit;
    }

    /** Takes a token and returns 0, or takes none and returns the nanoseconds until there is one again. */
    public long tryTake() {
        return tryTakeLeaving(0);
    }

    /** The same, where so many tokens stay for others. */
    public long tryTakeLeaving(int tokens) {
        long kept = tokens * each;
        while (true) {
            long now = ticker.nanos();
            long seen = fullAt.get();
            long next = (seen - now > 0 ? seen : now) + each;
            long missing = next - now - Math.max(each, tolerance) + kept;
            if (missing > 0) {
                return missing;
            }
            if (fullAt.compareAndSet(seen, next)) {
                return 0;
            }
        }
    }

    /** Whether it is as good as a new one. */
    public boolean isFull() {
        return fullAt.get() - ticker.nanos() <= 0;
    }

    /** Puts back a token that was taken and not used. */
    public void giveBack() {
        fullAt.addAndGet(-each);
    }
}
