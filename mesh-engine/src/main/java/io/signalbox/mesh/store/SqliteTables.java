package io.signalbox.mesh.store;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rows in an SQLite file that this process alone has open. */
final class SqliteTables implements Tables {

    private static final String ENTRY = "SELECT key, value, created, modified, lease FROM entry";

    private static final Logger log = LoggerFactory.getLogger(SqliteTables.class);

    private final FolderLock lock;
    private final SqliteFile file;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    private SqliteTables(FolderLock lock, SqliteFile file) {
        this.lock = lock;
        this.file = file;
    }

    static SqliteTables open(Path folder) {
        return open(folder, Migrations.ALL, List.of());
    }

    static SqliteTables open(Path folder, Migrations migrations, List<String> settings) {
        FolderLock lock = FolderLock.take(folder);
        try {
            NativeCode.unpackIn(folder);
            return new SqliteTables(lock, SqliteFile.open(folder.resolve(SqliteFile.NAME), migrations, settings));
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    @Override
    public void begin() {
        write("BEGIN IMMEDIATE");
    }

    @Override
    public void commit() {
        write("COMMIT");
    }

    @Override
    public void rollback() {
        try {
            write("ROLLBACK");
        } catch (StoreException e) {
            // a disk that is full ends the transaction by itself; then there is none to take back
            log.debug("No transaction was open", e);
        }
    }

    @Override
    public long counter(Counter counter) {
        return read("SELECT number FROM counter WHERE name = ?", row -> row.getLong(1), counter.name()).stream()
                .findFirst()
                .orElse(0L);
    }

    @Override
    public void count(Counter counter, long value) {
        write("INSERT OR REPLACE INTO counter (name, number) VALUES (?, ?)", counter.name(), value);
    }

    @Override
    public Optional<StoreEntry> get(String key) {
        return read(ENTRY + " WHERE key = ?", SqliteTables::entry, key).stream().findFirst();
    }

    @Override
    public List<StoreEntry> range(KeyRange range) {
        String order = switch (range.order()) {
            case ASCENDING -> "";
            case DESCENDING -> " DESC";
        };
        return read(
                ENTRY + " WHERE key >= ? AND key < ? ORDER BY key" + order + " LIMIT ?",
                SqliteTables::entry,
                range.from(),
                range.before(),
                range.limit());
    }

    @Override
    public List<String> keysOn(long lease) {
        return read("SELECT key FROM entry WHERE lease = ? ORDER BY key", row -> row.getString(1), lease);
    }

    @Override
    public void put(StoreEntry entry) {
        write(
                "INSERT OR REPLACE INTO entry (key, value, created, modified, lease) VALUES (?, ?, ?, ?, ?)",
                entry.key(),
                entry.value(),
                entry.created(),
                entry.modified(),
                orNull(entry.lease()));
    }

    @Override
    public void delete(String key) {
        write("DELETE FROM entry WHERE key = ?", key);
    }

    @Override
    public void log(StoreChange change) {
        String sql = "INSERT INTO change (revision, key, value, created, lease) VALUES (?, ?, ?, ?, ?)";
        switch (change) {
            case StoreChange.Written(StoreEntry entry) ->
                write(sql, entry.modified(), entry.key(), entry.value(), entry.created(), orNull(entry.lease()));
            case StoreChange.Deleted(long revision, String key) -> write(sql, revision, key, null, 0L, null);
        }
    }

    @Override
    public List<StoreChange> changes(long revision) {
        return read(
                "SELECT key, value, created, revision, lease FROM change WHERE revision = ? ORDER BY key",
                row -> row.getString(2) == null
                        ? new StoreChange.Deleted(revision, row.getString(1))
                        : new StoreChange.Written(entry(row)),
                revision);
    }

    @Override
    public void forget(long upTo) {
        write("DELETE FROM change WHERE revision <= ?", upTo);
    }

    @Override
    public Map<Long, Duration> leases() {
        Map<Long, Duration> leases = new HashMap<>();
        read("SELECT id, millis FROM lease", row -> leases.put(row.getLong(1), Duration.ofMillis(row.getLong(2))));
        return leases;
    }

    @Override
    public void putLease(long lease, Duration timeToLive) {
        write("INSERT INTO lease (id, millis) VALUES (?, ?)", lease, timeToLive.toMillis());
    }

    @Override
    public void deleteLease(long lease) {
        write("DELETE FROM lease WHERE id = ?", lease);
    }

    @Override
    public void close() {
        try {
            file.close();
        } finally {
            lock.close();
        }
    }

    private static StoreEntry entry(ResultSet row) throws SQLException {
        long lease = row.getLong(5);
        OptionalLong hangsOn = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(lease);
        return new StoreEntry(row.getString(1), row.getString(2), row.getLong(3), row.getLong(4), hangsOn);
    }

    private static @Nullable Long orNull(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }

    private void write(String sql, @Nullable Object... values) {
        try {
            statement(sql, values).execute();
        } catch (SQLException e) {
            throw failure(sql, e);
        }
    }

    private <T> List<T> read(String sql, Row<T> row, @Nullable Object... values) {
        try (ResultSet rows = statement(sql, values).executeQuery()) {
            List<T> found = new ArrayList<>();
            while (rows.next()) {
                found.add(row.of(rows));
            }
            return found;
        } catch (SQLException e) {
            throw failure(sql, e);
        }
    }

    /** The driver ends a statement that failed: the next use needs a new one. */
    private StoreException failure(String sql, SQLException e) {
        PreparedStatement ended = prepared.remove(sql);
        if (ended != null) {
            try {
                ended.close();
            } catch (SQLException alsoFailed) {
                e.addSuppressed(alsoFailed);
            }
        }
        return file.failure(e);
    }

    private PreparedStatement statement(String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = file.connection().prepareStatement(sql);
            prepared.put(sql, statement);
        }
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    /** Reads one row. */
    @FunctionalInterface
    private interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }
}
