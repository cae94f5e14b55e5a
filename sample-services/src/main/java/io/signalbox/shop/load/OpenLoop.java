package io.signalbox.shop.load;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.status.Latency;
import io.signalbox.mesh.model.status.LoadStatus;
import io.signalbox.mesh.time.Ticker;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests when they are due, whether or not earlier ones were answered, up to a bound on those in flight.
 *
 * <p>A request that meets the bound waits for a place, counts as late, and its latency still runs from when it was
 * due; if the rate is changed meanwhile, those still waiting are dropped, and count as late too. Safe from any thread;
 * calls nothing while holding its lock.
 */
final class OpenLoop {

    /** The highest rate that can be asked for. */
    static final double MAX_PER_SECOND = 1_000;

    /** What {@link #sendDue} answers when nothing is due before something else happens. */
    static final long UNTIL_WOKEN = Long.MAX_VALUE;

    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(2);

    private final Ticker ticker;
    private final Sender sender;
    private final Runnable wake;
    private final int inFlightLimit;
    private final int shoppers;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private final ShopperPlan plan;

    @GuardedBy("lock")
    private final Arrivals arrivals;

    @GuardedBy("lock")
    private final Histogram latencies = new Histogram(1_000, LONGEST_NANOS, 3);

    @GuardedBy("lock")
    private Throttle throttle = new Throttle(0, Throttle.Filling.FULL, 0);

    @GuardedBy("lock")
    private long next;

    @GuardedBy("lock")
    private long fullUntil;

    @GuardedBy("lock")
    private int inFlight;

    @GuardedBy("lock")
    private long sent;

    @GuardedBy("lock")
    private long completed;

    @GuardedBy("lock")
    private long failed;

    @GuardedBy("lock")
    private long refused;

    @GuardedBy("lock")
    private long late;

    /** @param wake run when {@link #sendDue} has something to do again before it said */
    OpenLoop(
            ShopperPlan plan,
            Arrivals arrivals,
            Sender sender,
            Ticker ticker,
            Runnable wake,
            int inFlightLimit,
            int shoppers) {
        this.plan = plan;
        this.arrivals = arrivals;
        this.sender = sender;
        this.ticker = ticker;
        this.wake = wake;
        this.inFlightLimit = inFlightLimit;
        this.shoppers = shoppers;
        this.fullUntil = ticker.nanos() - 1;
    }

    /** Sends at that mean rate from now on; 0 pauses. */
    void setRate(double perSecond) {
        setRate(perSecond, Throttle.Filling.FULL);
    }

    /** Sends slowly at first, and at that mean rate soon. */
    void fillUpTo(double perSecond) {
        setRate(perSecond, Throttle.Filling.UP);
    }

    private void setRate(double perSecond, Throttle.Filling filling) {
        InvalidValueException.unless(
                perSecond >= 0 && perSecond <= MAX_PER_SECOND,
                "load",
                perSecond,
                "0.." + (int) MAX_PER_SECOND + " requests per second");
        synchronized (lock) {
            long now = ticker.nanos();
            if (inFlight >= inFlightLimit) {
                dropDue(now);
            }
            boolean oneIsDue = !throttle.paused() && next - now <= 0;
            throttle = new Throttle(perSecond, filling, now);
            if (perSecond > 0 && !oneIsDue) {
                next = arrivals.after(now, throttle.rate(now));
            }
        }
    }

    /** Sends all that is due and for which there is a place; answers how many nanoseconds until the next is due. */
    long sendDue() {
        while (true) {
            Visit visit;
            long due;
            synchronized (lock) {
                if (throttle.paused()) {
                    return UNTIL_WOKEN;
                }
                long now = ticker.nanos();
                if (next - now > 0) {
                    return next - now;
                }
                if (inFlight >= inFlightLimit) {
                    fullUntil = now;
                    return UNTIL_WOKEN;
                }
                due = next;
                next = arrivals.after(due, throttle.rate(due));
                visit = plan.next();
                late += due - fullUntil <= 0 ? 1 : 0;
                inFlight++;
                sent++;
            }
            sender.send(visit, status -> ended(due, status));
        }
    }

    LoadReport report() {
        synchronized (lock) {
            LoadStatus status =
                    new LoadStatus(throttle.asked(), MAX_PER_SECOND, sent, completed, failed, late, shoppers);
            return new LoadReport(status, refused, latency());
        }
    }

    int inFlight() {
        synchronized (lock) {
            return inFlight;
        }
    }

    private void ended(long due, int status) {
        boolean placeFreed;
        synchronized (lock) {
            long now = ticker.nanos();
            inFlight--;
            completed++;
            failed += status == 0 || status >= 500 ? 1 : 0;
            refused += status >= 400 && status < 500 ? 1 : 0;
            latencies.recordValue(Math.clamp(now - due, 0, LONGEST_NANOS));
            placeFreed = inFlight == inFlightLimit - 1;
            if (placeFreed && next - now <= 0) {
                fullUntil = now;
            }
        }
        if (placeFreed) {
            wake.run();
        }
    }

    @GuardedBy("lock")
    private void dropDue(long now) {
        while (!throttle.paused() && next - now <= 0) {
            late++;
            next = arrivals.after(next, throttle.rate(next));
        }
    }

    @GuardedBy("lock")
    private @Nullable Latency latency() {
        return latencies.getTotalCount() == 0
                ? null
                : new Latency(
                        latencies.getValueAtPercentile(50),
                        latencies.getValueAtPercentile(90),
                        latencies.getValueAtPercentile(99),
                        latencies.getMaxValue());
    }
}
