package io.signalbox.mesh.resilience;

import io.signalbox.mesh.model.RetryPolicy;
import io.signalbox.mesh.time.Ticker;

/**
 * The limit on retries to one service as a share of its recent requests, so that retries cannot multiply an outage.
 *
 * <p>Recent means a sliding window of {@value #SECONDS} one-second buckets, the current second included. A retry is
 * allowed while the current second has fewer than {@code minPerSecond} of them, or the window fewer than {@code ratio}
 * of its requests. Retries allowed by the floor count towards the share.
 *
 * <p>For any number of threads, without a lock.
 */
public final class RetryBudget {

    static final int SECONDS = 10;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Ticker ticker;
    private final long originNanos;
    private final SecondCounts requests = new SecondCounts(SECONDS);
    private final SecondCounts retries = new SecondCounts(SECONDS);
    private volatile RetryPolicy.Budget budget;

    public RetryBudget(RetryPolicy.Budget budget, Ticker ticker) {
        this.budget = budget;
        this.ticker = ticker;
        this.originNanos = ticker.nanos();
    }

    /** Follows the new limits from now on; what was counted stays. */
    public void configure(RetryPolicy.Budget newBudget) {
        budget = newBudget;
    }

    /** Counts a request as the caller sent it; its retries are not requests. */
    public void recordRequest() {
        requests.add(second());
    }

    /** Spends one retry if the budget allows it. */
    public boolean tryRetry() {
        RetryPolicy.Budget limits = budget;
        while (true) {
            long second = second();
            long now = retries.at(second);
            if (now >= limits.minPerSecond() && retries.sum(second) >= limits.ratio() * requests.sum(second)) {
                return false;
            }
            if (retries.addIfStill(second, now)) {
                return true;
            }
        }
    }

    /** How many retries would be allowed now, one after the other, if no further request came. */
    public int left() {
        RetryPolicy.Budget limits = budget;
        long second = second();
        long byFloor = limits.minPerSecond() - retries.at(second);
        double byShare = Math.ceil(limits.ratio() * requests.sum(second) - retries.sum(second));
        return Math.clamp(Math.max(byFloor, (long) byShare), 0, Integer.MAX_VALUE);
    }

    private long second() {
        return (ticker.nanos() - originNanos) / NANOS_PER_SECOND;
    }
}
