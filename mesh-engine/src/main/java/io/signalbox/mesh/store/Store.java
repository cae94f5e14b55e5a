package io.signalbox.mesh.store;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Texts by key, with one revision that grows with each transaction that changes anything; by one where nobody else keeps
 * something in the same place.
 *
 * <p>It has the shape of etcd on purpose: an entry knows the revision that wrote it last, a transaction compares those
 * revisions and then writes all or nothing, a watch begins at a revision, and a key may hang on a lease. What a call
 * acknowledged is kept. Safe from any thread; every call may wait for a disk or a network, so none belongs on an event
 * loop, and each may throw a {@link StoreException}.
 */
public interface Store extends AutoCloseable {

    /** The revision of the newest change; 0 when nothing was ever written. */
    long revision();

    Optional<StoreEntry> get(String key);

    /** What the keys of a range hold now. */
    List<StoreEntry> range(KeyRange range);

    /**
     * Writes all of it, or nothing when a condition does not hold.
     *
     * @throws StoreUnansweredException when it may have been written all the same
     */
    Outcome commit(Transaction transaction);

    /**
     * Tells each change of keys that begin with {@code prefix}, from the one after a revision on, in order and without
     * a gap: at first what is kept already, then what is written. When changes in between are kept no more, it says so
     * and ends.
     *
     * @param after the revision that the caller has seen; 0 for all that is kept
     */
    Watch watch(String prefix, long after, Watcher watcher);

    /**
     * Opens a lease: what hangs on it is deleted when it was not renewed for that long.
     *
     * @return its number, which no other lease ever has
     */
    long grant(Duration timeToLive);

    /**
     * Begins the time of a lease anew.
     *
     * @throws UnknownLeaseException when it has run out or was given back
     */
    void keepAlive(long lease);

    /** Gives a lease back, and deletes what hangs on it; one that is gone already is none to give back. */
    void revoke(long lease);

    /** Forgets the changes up to a revision: watches can begin there or later. What keys hold is not touched. */
    void compact(long revision);

    @Override
    void close();
}
