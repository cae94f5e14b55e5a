package io.signalbox.shop.load;

import io.signalbox.shop.live.LiveListener;
import io.signalbox.shop.web.Pause;
import io.signalbox.shop.web.ShopperClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@value #LISTENERS} shoppers who keep a live connection open, each subscribed to one category, and count what they
 * are told. A connection that ends, or cannot be had, is tried again a second later.
 *
 * <p>Each has a virtual thread of its own. Safe from any thread.
 */
public final class LiveAudience implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LiveAudience.class);

    static final int LISTENERS = 5;

    private static final Duration BEFORE_NEXT_TRY = Duration.ofSeconds(1);
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final ShopperClient client;
    private final List<String> categories;
    private final Pause pause;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicInteger open = new AtomicInteger();
    private final LongAdder opened = new LongAdder();
    private final LongAdder messages = new LongAdder();
    private volatile boolean closed;

    public LiveAudience(ShopperClient client, List<String> categories, Pause pause) {
        this.client = client;
        this.categories = List.copyOf(categories);
        this.pause = pause;
        for (int i = 0; i < LISTENERS; i++) {
            int number = i;
            threads.add(Thread.ofVirtual().name("live-shopper-" + i).unstarted(() -> listen(number)));
        }
    }

    public void start() {
        threads.forEach(Thread::start);
    }

    public LiveReport report() {
        return new LiveReport(open.get(), opened.sum(), messages.sum());
    }

    /** Hangs up, and waits up to five seconds for each listener. */
    @Override
    public void close() {
        closed = true;
        threads.forEach(Thread::interrupt);
        try {
            for (Thread thread : threads) {
                if (thread.getState() != Thread.State.NEW) {
                    thread.join(LAST_WORDS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void listen(int number) {
        String shopper = String.format(Locale.ROOT, "shopper-%03d", 1 + number);
        String category = categories.get(number % categories.size());
        while (!closed) {
            LiveListener listener = new LiveListener(category, messages::increment);
            try {
                listener.connect(client, shopper).get();
                untilEnded(listener);
            } catch (ExecutionException noConnection) {
                log.debug("{} could not connect: {}", shopper, noConnection.getMessage());
            } catch (InterruptedException hungUp) {
                return;
            }
            pause.last(BEFORE_NEXT_TRY);
        }
    }

    private void untilEnded(LiveListener listener) throws ExecutionException, InterruptedException {
        open.incrementAndGet();
        opened.increment();
        try {
            listener.ended().get();
        } finally {
            open.decrementAndGet();
            listener.hangUp();
        }
    }
}
