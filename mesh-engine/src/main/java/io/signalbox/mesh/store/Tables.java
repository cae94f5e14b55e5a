package io.signalbox.mesh.store;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a {@link LocalStore} keeps its rows. For one thread at a time.
 *
 * <p>Between {@link #begin} and {@link #commit} nothing is kept; {@link #rollback} takes it back.
 */
interface Tables extends AutoCloseable {

    /** Numbers that the store counts. */
    enum Counter {
        REVISION,
        /** The newest revision whose changes are forgotten. */
        COMPACTED,
        LEASE
    }

    void begin();

    void commit();

    void rollback();

    long counter(Counter counter);

    void count(Counter counter, long value);

    Optional<StoreEntry> get(String key);

    List<StoreEntry> range(KeyRange range);

    List<String> keysOn(long lease);

    void put(StoreEntry entry);

    void delete(String key);

    void log(StoreChange change);

    /** The changes of one revision; empty when it is none or forgotten. */
    List<StoreChange> changes(long revision);

    void forget(long upTo);

    Map<Long, Duration> leases();

    void putLease(long lease, Duration timeToLive);

    void deleteLease(long lease);

    @Override
    void close();
}
