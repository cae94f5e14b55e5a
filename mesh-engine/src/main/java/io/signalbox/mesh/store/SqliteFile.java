package io.signalbox.mesh.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The database file of a store, in the newest format.
 *
 * <p>{@code user_version} is the version of its format, {@code application_id} tells it from other programs' files. It
 * is written ahead to {@code store.db-wal}, and each commit waits until that is on the disk.
 */
final class SqliteFile implements AutoCloseable {

    static final String NAME = "store.db";

    private static final int APPLICATION = 0x53424f58;
    private static final int BUSY_MILLIS = 5_000;
    private static final String WHOLE = "ok";

    private final Path path;
    private final Connection connection;

    private SqliteFile(Path path, Connection connection) {
        this.path = path;
        this.connection = connection;
    }

    /**
     * Opens it, makes it when it is missing, and brings an older format up to date.
     *
     * @param settings more statements for the connection
     */
    static SqliteFile open(Path path, Migrations migrations, List<String> settings) {
        requireUsable(path);
        try {
            OwnerOnly.file(path);
            SqliteFile file = new SqliteFile(path, DriverManager.getConnection("jdbc:sqlite:" + path));
            try {
                file.setUp(migrations, settings);
                return file;
            } catch (SQLException | RuntimeException e) {
                file.close();
                throw e;
            }
        } catch (SQLException e) {
            throw failure(path, e);
        } catch (IOException e) {
            throw new StoreException(
                    "store: " + path + " (expected: a file that this user may write, in a folder where it may write: "
                            + e + ")",
                    e);
        }
    }

    /** Writes what a file holds into another, which is empty; the first may be in use. */
    static void copy(Path from, Path to) {
        requireUsable(from);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + from)) {
            SqliteFile file = new SqliteFile(from, connection);
            file.run("PRAGMA busy_timeout = " + BUSY_MILLIS);
            if (file.number("PRAGMA application_id") != APPLICATION) {
                throw file.foreign();
            }
            try (PreparedStatement statement = connection.prepareStatement("VACUUM INTO ?")) {
                statement.setString(1, to.toString());
                statement.execute();
            }
        } catch (SQLException e) {
            throw failure(from, e);
        }
    }

    Connection connection() {
        return connection;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** What a failure of the database means to whoever runs the program. */
    StoreException failure(SQLException e) {
        return failure(path, e);
    }

    private static StoreException failure(Path path, SQLException e) {
        SQLiteErrorCode code =
                e instanceof SQLiteException sqlite ? sqlite.getResultCode() : SQLiteErrorCode.SQLITE_ERROR;
        int primary = code.code & 0xff;
        String expected;
        if (primary == SQLiteErrorCode.SQLITE_FULL.code) {
            expected = "room on its disk; nothing was written, and what was written before is kept";
        } else if (primary == SQLiteErrorCode.SQLITE_NOTADB.code || primary == SQLiteErrorCode.SQLITE_CORRUPT.code) {
            expected = "a whole store of Signalbox; the file was left as it is, restore a backup in its place";
        } else if (primary == SQLiteErrorCode.SQLITE_READONLY.code
                || primary == SQLiteErrorCode.SQLITE_CANTOPEN.code
                || primary == SQLiteErrorCode.SQLITE_PERM.code) {
            expected = "a file that this user may write, in a folder where it may write";
        } else if (primary == SQLiteErrorCode.SQLITE_BUSY.code || primary == SQLiteErrorCode.SQLITE_LOCKED.code) {
            expected = "a file that no other program keeps locked";
        } else {
            expected = "a disk that works and has room";
        }
        return new StoreException("store: " + path + ": " + code.name() + " (expected: " + expected + ")", e);
    }

    private static void requireUsable(Path path) {
        boolean usable = Files.notExists(path)
                || (Files.isRegularFile(path) && Files.isReadable(path) && Files.isWritable(path));
        if (!usable) {
            throw new StoreException("store: " + path + " (expected: a file that this user may read and write)");
        }
    }

    private void setUp(Migrations migrations, List<String> settings) throws SQLException {
        run("PRAGMA busy_timeout = " + BUSY_MILLIS);
        int version = (int) number("PRAGMA user_version");
        long application = number("PRAGMA application_id");
        boolean blank = version == 0 && application == 0 && number("SELECT count(*) FROM sqlite_schema") == 0;
        if (!blank && application != APPLICATION) {
            throw foreign();
        }
        if (version > migrations.newest()) {
            throw new StoreException("store: " + path + ": format " + version + " (expected: at most "
                    + migrations.newest() + "; a newer Signalbox wrote it, and this one leaves it as it is)");
        }
        run("PRAGMA journal_mode = WAL");
        run("PRAGMA synchronous = FULL");
        for (String setting : settings) {
            run(setting);
        }
        String state = text("PRAGMA quick_check(1)");
        if (!state.equals(WHOLE)) {
            throw new StoreException(
                    "store: " + path + ": " + state.lines().findFirst().orElse("damaged")
                            + " (expected: a whole store; the file was left as it is, restore a backup in its place)");
        }
        migrate(version, migrations);
    }

    private StoreException foreign() {
        return new StoreException("store: " + path + " (expected: a store of Signalbox; it is another program's)");
    }

    private void migrate(int from, Migrations migrations) throws SQLException {
        for (int version = from; version < migrations.newest(); version++) {
            run("BEGIN IMMEDIATE");
            try {
                for (String statement : migrations.after(version)) {
                    run(statement);
                }
                run("PRAGMA application_id = " + APPLICATION);
                run("PRAGMA user_version = " + (version + 1));
                run("COMMIT");
            } catch (SQLException e) {
                run("ROLLBACK");
                throw new StoreException(
                        "store: " + path + ": format " + version + " could not become " + (version + 1)
                                + " (expected: a whole store; the file is as it was)",
                        e);
            }
        }
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private long number(String sql) throws SQLException {
        return Long.parseLong(text(sql));
    }

    private String text(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : "";
        }
    }
}
