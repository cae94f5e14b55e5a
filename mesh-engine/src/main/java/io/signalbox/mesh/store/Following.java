package io.signalbox.mesh.store;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps somebody up to date with all that a store holds below a prefix, whoever writes it, on a virtual thread of its own.
 *
 * <p>All of it is told at first, and again whenever something may have been missed; each change in between. So the same
 * may be told twice, and what is told may be older than what the follower wrote meanwhile: it compares revisions.
 */
public final class Following implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Following.class);
    private static final Duration BEFORE_ANOTHER = Duration.ofMillis(500);

    private final Store store;
    private final String prefix;
    private final Follower follower;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    private Following(Store store, String prefix, Follower follower) {
        this.store = store;
        this.prefix = prefix;
        this.follower = follower;
        thread = Thread.ofVirtual().name("store-following").unstarted(this::run);
    }

    /** Called by one thread, and may ask the store: when that does not answer, all of it is told anew. */
    @FunctionalInterface
    public interface Follower {

        void written(StoreEntry entry);

        default void deleted(String key, long revision) {}

        /**
         * After all that there is was told.
         *
         * @param keys of it; others are gone
         * @param revision at which it was so
         */
        default void only(Set<String> keys, long revision) {}
    }

    public static Following start(Store store, String prefix, Follower follower) {
        Following started = new Following(store, prefix, follower);
        started.thread.start();
        return started;
    }

    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
    }

    private void run() {
        try {
            do {
                try {
                    follow();
                } catch (StoreException e) {
                    log.debug("What is kept below {} is read again", prefix, e);
                }
            } while (!closed.await(BEFORE_ANOTHER.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads all of it, and goes on from there until something is missed. */
    private void follow() throws InterruptedException {
        long seen = store.revision();
        List<StoreEntry> all = store.range(KeyRange.prefix(prefix));
        all.forEach(entry -> tell(() -> follower.written(entry)));
        Set<String> keys = all.stream().map(StoreEntry::key).collect(Collectors.toSet());
        tell(() -> follower.only(keys, seen));
        BlockingQueue<List<StoreChange>> news = new LinkedBlockingQueue<>();
        try (Watch _ = store.watch(prefix, seen, new Teller(news))) {
            for (List<StoreChange> changes = news.take(); !changes.isEmpty(); changes = news.take()) {
                changes.forEach(this::tell);
            }
        }
    }

    private void tell(StoreChange change) {
        switch (change) {
            case StoreChange.Written(StoreEntry entry) -> tell(() -> follower.written(entry));
            case StoreChange.Deleted(long revision, String key) -> tell(() -> follower.deleted(key, revision));
        }
    }

    /** One entry that cannot be read keeps nobody from the others. */
    private void tell(Runnable call) {
        if (closed.getCount() == 0) {
            return;
        }
        try {
            call.run();
        } catch (StoreUnansweredException | CutOffException e) {
            throw e;
        } catch (RuntimeException e) {
            if (closed.getCount() > 0) {
                log.error("What is kept below {} cannot be followed in one place", prefix, e);
            }
        }
    }

    /** Hands over what it is told; nothing at all stands for a gap. */
    private record Teller(BlockingQueue<List<StoreChange>> news) implements Watcher {

        @Override
        public void changed(long revision, List<StoreChange> changes) {
            news.add(changes);
        }

        @Override
        public void tooOld(long oldest) {
            news.add(List.of());
        }
    }
}
