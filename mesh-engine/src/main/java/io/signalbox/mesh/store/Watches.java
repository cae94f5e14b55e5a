package io.signalbox.mesh.store;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Those who watch a store, each with the revision it has seen.
 *
 * <p>Each reads on from where it is, so what was kept before a watch began and what is written after come the same way.
 */
final class Watches {

    private static final Logger log = LoggerFactory.getLogger(Watches.class);

    /** What comes after a revision. */
    sealed interface Next {
        record Changes(long revision, List<StoreChange> changes) implements Next {}

        record Nothing() implements Next {}

        /** @param oldest the revision from which a watch can begin */
        record Forgotten(long oldest) implements Next {}
    }

    private final LongFunction<Next> after;
    private final List<Following> all = new CopyOnWriteArrayList<>();

    Watches(LongFunction<Next> after) {
        this.after = after;
    }

    Watch add(String prefix, long seen, Watcher watcher) {
        Following following = new Following(prefix, seen, watcher);
        all.add(following);
        return following;
    }

    /** Tells everyone what they have not seen; a thread that finds another at it leaves the rest to that one. */
    void tell() {
        all.forEach(Following::readOn);
    }

    void close() {
        all.forEach(Following::close);
    }

    private final class Following implements Watch {

        private final String prefix;
        private final Watcher watcher;
        private final AtomicInteger asked = new AtomicInteger();
        private volatile boolean ended;

        /** Of the thread that raised {@code asked} from 0. */
        private long seen;

        Following(String prefix, long seen, Watcher watcher) {
            this.prefix = prefix;
            this.seen = seen;
            this.watcher = watcher;
        }

        @Override
        public void close() {
            ended = true;
            all.remove(this);
        }

        void readOn() {
            if (asked.getAndIncrement() != 0) {
                return;
            }
            int answered = 1;
            do {
                try {
                    toTheEnd();
                } catch (StoreException e) {
                    // whether anything was left out is unknown now, so the watcher is to read again
                    log.warn("A watch of {} ended at revision {}", prefix, seen, e);
                    close();
                    guarded(() -> watcher.tooOld(seen));
                }
                answered = asked.addAndGet(-answered);
            } while (answered != 0);
        }

        private void toTheEnd() {
            while (!ended) {
                switch (after.apply(seen)) {
                    case Next.Nothing() -> {
                        return;
                    }
                    case Next.Forgotten(long oldest) -> {
                        close();
                        guarded(() -> watcher.tooOld(oldest));
                    }
                    case Next.Changes(long revision, List<StoreChange> changes) -> {
                        List<StoreChange> watched = changes.stream()
                                .filter(change -> change.key().startsWith(prefix))
                                .toList();
                        if (!watched.isEmpty()) {
                            guarded(() -> watcher.changed(revision, watched));
                        }
                        seen = revision;
                    }
                }
            }
        }

        private void guarded(Runnable call) {
            try {
                call.run();
            } catch (RuntimeException e) {
                log.error("A watcher of {} failed", prefix, e);
            }
        }
    }
}
