package io.signalbox.mesh.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Rows in this process, gone with it. Nothing fails between begin and commit, so there is nothing to take back. */
final class MemoryTables implements Tables {

    private final NavigableMap<String, StoreEntry> entries = new TreeMap<>();
    private final NavigableMap<Long, List<StoreChange>> changes = new TreeMap<>();
    private final Map<Long, Duration> leases = new TreeMap<>();
    private final Map<Counter, Long> counters = new EnumMap<>(Counter.class);

    @Override
    public void begin() {}

    @Override
    public void commit() {}

    @Override
    public void rollback() {}

    @Override
    public long counter(Counter counter) {
        return counters.getOrDefault(counter, 0L);
    }

    @Override
    public void count(Counter counter, long value) {
        counters.put(counter, value);
    }

    @Override
    public Optional<StoreEntry> get(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    @Override
    public List<StoreEntry> range(KeyRange range) {
        if (range.from().compareTo(range.before()) >= 0) {
            return List.of();
        }
        NavigableMap<String, StoreEntry> within = entries.subMap(range.from(), true, range.before(), false);
        NavigableMap<String, StoreEntry> ordered = switch (range.order()) {
            case ASCENDING -> within;
            case DESCENDING -> within.descendingMap();
        };
        return ordered.values().stream().limit(range.limit()).toList();
    }

    @Override
    public List<String> keysOn(long lease) {
        return entries.values().stream()
                .filter(entry -> entry.lease().orElse(0) == lease)
                .map(StoreEntry::key)
                .toList();
    }

    @Override
    public void put(StoreEntry entry) {
        entries.put(entry.key(), entry);
    }

    @Override
    public void delete(String key) {
        entries.remove(key);
    }

    @Override
    public void log(StoreChange change) {
        changes.computeIfAbsent(change.revision(), _ -> new ArrayList<>()).add(change);
    }

    @Override
    public List<StoreChange> changes(long revision) {
        return List.copyOf(changes.getOrDefault(revision, List.of()));
    }

    @Override
    public void forget(long upTo) {
        changes.headMap(upTo, true).clear();
    }

    @Override
    public Map<Long, Duration> leases() {
        return Map.copyOf(leases);
    }

    @Override
    public void putLease(long lease, Duration timeToLive) {
        leases.put(lease, timeToLive);
    }

    @Override
    public void deleteLease(long lease) {
        leases.remove(lease);
    }

    @Override
    public void close() {}
}
