package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.store.KeyRange;
import io.signalbox.mesh.store.Outcome;
import io.signalbox.mesh.store.Store;
import io.signalbox.mesh.store.StoreChange;
import io.signalbox.mesh.store.StoreEntry;
import io.signalbox.mesh.store.StoreUnansweredException;
import io.signalbox.mesh.store.Transaction;
import io.signalbox.mesh.store.Watch;
import io.signalbox.mesh.store.Watcher;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The way of one control plane to the store that it shares, which can be cut. */
final class CuttableStore implements Store {

    private final Store store;
    private final Set<Watcher> missing = ConcurrentHashMap.newKeySet();
    private final AtomicInteger commits = new AtomicInteger();
    private volatile boolean cut;
    private volatile boolean answersLost;

    CuttableStore(Store store) {
        this.store = store;
    }

    void cut() {
        cut = true;
    }

    /** Who watched meanwhile is told that something is missing. */
    void mend() {
        cut = false;
        missing.forEach(watcher -> watcher.tooOld(0));
        missing.clear();
    }

    /** What is written is written, and nobody is told. */
    void loseAnswers(boolean lost) {
        answersLost = lost;
    }

    /** How many transactions were answered, whether they held or not. */
    int commits() {
        return commits.get();
    }

    private Store reached() {
        if (cut) {
            throw unanswered();
        }
        return store;
    }

    private static StoreUnansweredException unanswered() {
        return new StoreUnansweredException("store: cut off", new IOException("cut"));
    }

    @Override
    public long revision() {
        return reached().revision();
    }

    @Override
    public Optional<StoreEntry> get(String key) {
        return reached().get(key);
    }

    @Override
    public List<StoreEntry> range(KeyRange range) {
        return reached().range(range);
    }

    @Override
    public Outcome commit(Transaction transaction) {
        Outcome outcome = reached().commit(transaction);
        commits.incrementAndGet();
        if (answersLost) {
            throw unanswered();
        }
        return outcome;
    }

    @Override
    public Watch watch(String prefix, long after, Watcher watcher) {
        return reached().watch(prefix, after, new Watcher() {
            @Override
            public void changed(long revision, List<StoreChange> changes) {
                if (cut) {
                    missing.add(watcher);
                } else {
                    watcher.changed(revision, changes);
                }
            }

            @Override
            public void tooOld(long oldest) {
                watcher.tooOld(oldest);
            }
        });
    }

    @Override
    public long grant(Duration timeToLive) {
        return reached().grant(timeToLive);
    }

    @Override
    public void keepAlive(long lease) {
        reached().keepAlive(lease);
    }

    @Override
    public void revoke(long lease) {
        reached().revoke(lease);
    }

    @Override
    public void compact(long revision) {
        reached().compact(revision);
    }

    @Override
    public void close() {}
}
