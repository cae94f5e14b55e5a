package io.signalbox.shop.load;

import io.signalbox.mesh.time.Ticker;
import io.signalbox.shop.service.Range;
import io.signalbox.shop.web.ShopperClient;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the shoppers' requests into the mesh, open-loop, from a seed, on one daemon thread of its own.
 *
 * <p>The rate is changed live, 0..1,000 a second. Safe from any thread.
 */
public final class LoadGenerator implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LoadGenerator.class);

    /** The highest rate that can be asked for. */
    public static final double MAX_REQUESTS_PER_SECOND = OpenLoop.MAX_PER_SECOND;

    static final int IN_FLIGHT_LIMIT = 64;

    private static final Duration LONGEST_NAP = Duration.ofMillis(200);
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(5);

    private final OpenLoop loop;
    private final Thread thread;
    private volatile boolean closed;

    public LoadGenerator(ShopperClient client, LoadProfile profile, long seed, Range range, Ticker ticker) {
        SplittableRandom random = new SplittableRandom(seed);
        ShopperPlan plan = new ShopperPlan(random.split(), profile, range);
        Sender sender =
                (visit, ended) -> client.send(visit.shopper(), visit.method(), visit.path(), visit.body(), ended);
        thread = Thread.ofPlatform().name("shoppers").daemon().unstarted(this::run);
        Runnable wake = () -> LockSupport.unpark(thread);
        loop = new OpenLoop(
                plan, new Arrivals(random.split()), sender, ticker, wake, IN_FLIGHT_LIMIT, profile.shoppers());
    }

    /** Begins at 40 requests a second at most, and doubles every 1.5 seconds until the rate is reached. */
    public void start(double requestsPerSecond) {
        loop.fillUpTo(requestsPerSecond);
        thread.start();
    }

    /** Sends at that mean rate from now on; 0 pauses. */
    public void setRate(double requestsPerSecond) {
        loop.setRate(requestsPerSecond);
        LockSupport.unpark(thread);
    }

    public LoadReport report() {
        return loop.report();
    }

    /** Pauses, and waits a little for the answers that are still due. */
    public void drain() {
        setRate(0);
        for (long waited = 0; loop.inFlight() > 0 && waited < LAST_ANSWERS.toMillis(); waited += 10) {
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    @Override
    public void close() {
        drain();
        closed = true;
        LockSupport.unpark(thread);
        try {
            if (thread.getState() != Thread.State.NEW) {
                thread.join(LAST_ANSWERS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed) {
            try {
                long wait = loop.sendDue();
                LockSupport.parkNanos(Math.min(wait, LONGEST_NAP.toNanos()));
            } catch (RuntimeException e) {
                log.error("The load stumbled", e);
            }
        }
    }
}
