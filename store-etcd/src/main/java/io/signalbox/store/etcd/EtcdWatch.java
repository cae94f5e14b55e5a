package io.signalbox.store.etcd;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Watch.Listener;
import io.etcd.jetcd.Watch.Watcher;
import io.etcd.jetcd.common.exception.CompactedException;
import io.etcd.jetcd.options.WatchOption;
import io.etcd.jetcd.watch.WatchEvent;
import io.etcd.jetcd.watch.WatchResponse;
import io.signalbox.mesh.store.KeyRange;
import io.signalbox.mesh.store.StoreChange;
import io.signalbox.mesh.store.StoreException;
import io.signalbox.mesh.store.Watch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One who watches, on a virtual thread of its own.
 *
 * <p>When a stream breaks, a new one begins at the last revision that was told whole. jetcd would go on by itself, but from
 * the revision at which it was connected, past what it had not heard yet; so each of its watches is used for one stream.
 * Each begins a revision early and leaves that out: etcd then says that it is too old exactly when something after it is
 * forgotten.
 */
final class EtcdWatch implements Watch {

    private static final Logger log = LoggerFactory.getLogger(EtcdWatch.class);
    private static final Duration ENDED = Duration.ofSeconds(1);
    private static final Duration BEFORE_ANOTHER = Duration.ofMillis(100);

    /** What a stream brings. */
    private sealed interface News {
        record Told(WatchResponse response) implements News {}

        record Broken(Throwable why) implements News {}

        record Ended() implements News {}
    }

    private final io.etcd.jetcd.Watch client;
    private final Keyspace keyspace;
    private final KeyRange range;
    private final io.signalbox.mesh.store.Watcher watcher;
    private final EtcdCalls calls;
    private final Consumer<EtcdWatch> ended;
    private final Thread thread = Thread.ofVirtual().name("etcd-watch").unstarted(this::run);
    private volatile boolean closed;

    /** Of the stream that is read; those before it have queues of their own, whose last words nobody reads. */
    private volatile BlockingQueue<News> news = new LinkedBlockingQueue<>();

    /** Of the thread of this. */
    private long seen;

    EtcdWatch(
            io.etcd.jetcd.Watch client,
            Keyspace keyspace,
            KeyRange range,
            long after,
            io.signalbox.mesh.store.Watcher watcher,
            EtcdCalls calls,
            Consumer<EtcdWatch> ended) {
        this.client = client;
        this.keyspace = keyspace;
        this.range = range;
        this.watcher = watcher;
        this.calls = calls;
        this.ended = ended;
        seen = after;
    }

    void start() {
        thread.start();
    }

    /** Waits for the end of one that was closed, unless its own watcher asks; not for one that is stuck. */
    void join() {
        try {
            boolean _ = Thread.currentThread().equals(thread) || thread.join(ENDED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        news.add(new News.Ended());
        ended.accept(this);
    }

    private void run() {
        try {
            while (!closed) {
                follow();
                calls.pause(BEFORE_ANOTHER);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (StoreException e) {
            log.warn("A watch of {} ended at revision {}", range.from(), seen, e);
        }
    }

    /** One stream, to its end. */
    private void follow() throws InterruptedException {
        BlockingQueue<News> own = new LinkedBlockingQueue<>();
        news = own;
        WatchOption option = WatchOption.builder()
                .withRange(keyspace.key(range.before()))
                .withRevision(Keyspace.there(seen))
                .withProgressNotify(true)
                .withRequireLeader(true)
                .build();
        ByteSequence from = keyspace.key(range.from());
        try (Watcher _ = client.watch(from, option, listener(own))) {
            while (!closed) {
                switch (own.take()) {
                    case News.Told(WatchResponse response) -> tell(response);
                    case News.Ended() -> {
                        return;
                    }
                    case News.Broken(CompactedException e) -> {
                        close();
                        guarded(() -> watcher.tooOld(Keyspace.here(e.getCompactedRevision())));
                    }
                    case News.Broken(Throwable why) -> {
                        log.debug("A watch of {} begins anew after revision {}", range.from(), seen, why);
                        return;
                    }
                }
            }
        }
    }

    private static Listener listener(BlockingQueue<News> news) {
        return io.etcd.jetcd.Watch.listener(
                response -> news.add(new News.Told(response)),
                error -> news.add(new News.Broken(error)),
                () -> news.add(new News.Ended()));
    }

    private void tell(WatchResponse response) {
        Map<Long, List<StoreChange>> revisions = new TreeMap<>();
        for (WatchEvent event : response.getEvents()) {
            StoreChange change = change(event);
            if (change.revision() > seen) {
                revisions
                        .computeIfAbsent(change.revision(), _ -> new ArrayList<>())
                        .add(change);
            }
        }
        revisions.forEach((revision, changes) -> {
            if (!closed) {
                guarded(() -> watcher.changed(revision, List.copyOf(changes)));
                seen = revision;
            }
        });
        if (response.isProgressNotify()) {
            seen = Math.max(seen, Keyspace.here(response.getHeader().getRevision()));
        }
    }

    private StoreChange change(WatchEvent event) {
        return switch (event.getEventType()) {
            case PUT -> new StoreChange.Written(keyspace.entry(event.getKeyValue()));
            case DELETE ->
                new StoreChange.Deleted(
                        Keyspace.here(event.getKeyValue().getModRevision()),
                        keyspace.key(event.getKeyValue().getKey()));
            case UNRECOGNIZED -> throw new IllegalStateException("etcd tells an event of no known kind");
        };
    }

    private void guarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            log.error("A watcher of {} failed", range.from(), e);
        }
    }
}
