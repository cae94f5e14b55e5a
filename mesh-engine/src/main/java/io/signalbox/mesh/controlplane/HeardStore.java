package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.store.KeyRange;
import io.signalbox.mesh.store.Outcome;
import io.signalbox.mesh.store.Store;
import io.signalbox.mesh.store.StoreEntry;
import io.signalbox.mesh.store.Transaction;
import io.signalbox.mesh.store.Watch;
import io.signalbox.mesh.store.Watcher;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A shared store that is not asked while it does not take the signs of life of this control plane: whoever waited for it
 * would hold up all that come after. Safe from any thread.
 */
record HeardStore(Store store, Replica replica) implements Store {

    private Store heard() {
        replica.requireHeard();
        return store;
    }

    @Override
    public long revision() {
        return heard().revision();
    }

    @Override
    public Optional<StoreEntry> get(String key) {
        return heard().get(key);
    }

    @Override
    public List<StoreEntry> range(KeyRange range) {
        return heard().range(range);
    }

    @Override
    public Outcome commit(Transaction transaction) {
        return heard().commit(transaction);
    }

    @Override
    public Watch watch(String prefix, long after, Watcher watcher) {
        return heard().watch(prefix, after, watcher);
    }

    @Override
    public long grant(Duration timeToLive) {
        return heard().grant(timeToLive);
    }

    @Override
    public void keepAlive(long lease) {
        heard().keepAlive(lease);
    }

    @Override
    public void revoke(long lease) {
        heard().revoke(lease);
    }

    @Override
    public void compact(long revision) {
        heard().compact(revision);
    }

    @Override
    public void close() {
        store.close();
    }
}
