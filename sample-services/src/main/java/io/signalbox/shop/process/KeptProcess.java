package io.signalbox.shop.process;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.signalbox.mesh.time.Ticker;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process of the demo that is started again when it dies, until this is closed: after a second, and after twice as long
 * each time that it did not live for a minute, up to half a minute. Orders that stand are given to each that follows.
 *
 * <p>One thread of its own waits for its end. Orders are given one at a time, under this object's lock; whether it is up is
 * told without it. Safe from any thread.
 */
final class KeptProcess implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(KeptProcess.class);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration SETTLED = Duration.ofMinutes(1);
    private static final Duration STARTING = Duration.ofMinutes(2);
    private static final Duration ENDING = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final String name;
    private final Supplier<Child> starter;
    private final Ticker ticker;
    private final CountDownLatch closing = new CountDownLatch(1);

    @GuardedBy("this")
    private final Map<String, String> standing = new LinkedHashMap<>();

    private volatile @Nullable Running running;

    /** @param starter starts the process, and waits for nothing */
    KeptProcess(String name, Supplier<Child> starter, Ticker ticker) {
        this.name = name;
        this.starter = starter;
        this.ticker = ticker;
    }

    /**
     * Starts it; answers where it serves.
     *
     * @throws IllegalStateException when it cannot be started, or was closed
     */
    Map<String, String> start() {
        Running first = launch();
        Map<String, String> places = serve(first);
        Thread.ofVirtual().name("demo-keeper-" + name).start(() -> keep(first.child()));
        return places;
    }

    /** Whether it runs and serves. */
    boolean isUp() {
        Running now = running;
        return now != null && now.child().isReady();
    }

    /** The newest order of that subject that the process which runs now says it has carried out. */
    Optional<String> carriedOut(String subject) {
        return Optional.ofNullable(running).map(now -> now.carriedOut().get(subject));
    }

    /**
     * Has an order carried out, by this process and by those that follow it.
     *
     * @param subject an order of the same subject takes the place of the one before
     */
    synchronized void order(String subject, String order) {
        standing.put(subject, order);
        Running now = running;
        if (now != null && now.child().isReady()) {
            now.order(subject, order);
        }
    }

    /** Ends it, in order if it can. */
    @Override
    public void close() {
        closing.countDown();
        Running last = running;
        if (last != null) {
            last.child().end(ENDING);
        }
    }

    /** Whoever closes it meanwhile ends what is started here, or it is ended here. */
    private Running launch() {
        refuseClosed();
        Running next = new Running(starter.get(), new ConcurrentHashMap<>());
        running = next;
        if (closing.getCount() == 0) {
            next.child().end(ENDING);
        }
        refuseClosed();
        return next;
    }

    private void refuseClosed() {
        if (closing.getCount() == 0) {
            throw new IllegalStateException(name + ": closed (expected: one that is still wanted)");
        }
    }

    private Map<String, String> serve(Running next) {
        Map<String, String> places = next.child().awaitReady(STARTING);
        synchronized (this) {
            new LinkedHashMap<>(standing).forEach(next::order);
        }
        return places;
    }

    private void keep(Child first) {
        try {
            Child watched = first;
            Duration pause = FIRST_PAUSE;
            long since = ticker.nanos();
            while (true) {
                int status = watched.awaitEnd();
                if (ticker.nanos() - since > SETTLED.toNanos()) {
                    pause = FIRST_PAUSE;
                }
                if (closing.getCount() == 0) {
                    return;
                }
                log.warn(
                        "{} (process {}) ended with status {}; it starts again in {} s (its log: {})",
                        name,
                        watched.pid(),
                        status,
                        pause.toSeconds(),
                        watched.log());
                if (closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
                since = ticker.nanos();
                watched = again(watched);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Answers the one before when none could be started, which is tried again like one that died. */
    private Child again(Child before) {
        Child next = before;
        try {
            Running fresh = launch();
            next = fresh.child();
            Map<String, String> _ = serve(fresh);
        } catch (RuntimeException e) {
            if (closing.getCount() > 0) {
                log.warn("{}", e.getMessage());
            }
            next.end(Duration.ZERO);
        }
        if (closing.getCount() == 0) {
            next.end(ENDING);
        }
        return next;
    }

    /** @param carriedOut what it says it has done, by subject */
    private record Running(Child child, Map<String, String> carriedOut) {

        void order(String subject, String order) {
            child.order(order, ANSWER, () -> carriedOut.put(subject, order));
        }
    }
}
