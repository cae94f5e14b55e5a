package io.signalbox.mesh.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.signalbox.mesh.time.ManualTime;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of a store: its format, and what can befall it. */
final class StoreFileTest {

    private static final Pattern END_OF_STATEMENT = Pattern.compile(";\\s*\\n");

    @TempDir
    private Path folder;

    private final ManualTime time = new ManualTime();

    @Test
    void aFileOfTheFirstVersionIsRead() throws Exception {
        sql(text("store-1.sql"));

        try (Store store = open()) {
            assertThat(store.revision()).isEqualTo(3);
            assertThat(store.get("policy/catalog").orElseThrow())
                    .isEqualTo(new StoreEntry("policy/catalog", "two", 1, 3, OptionalLong.empty()));
            assertThat(store.get("member/a").orElseThrow().lease()).hasValue(7);
            assertThat(store.grant(Duration.ofSeconds(5))).isEqualTo(8);
            StoreSuite.Seen seen = new StoreSuite.Seen();
            store.watch("policy/", 1, seen);
            assertThat(seen.told).containsExactly("3: policy/catalog=two");
        }
    }

    @Test
    void aNewFileIsWhatTheStepsFromTheFirstVersionMake() throws Exception {
        open().close();
        List<String> made = schema();
        Files.delete(file());
        sql(text("store-1.sql"));
        open().close();

        assertThat(schema()).isEqualTo(made);
    }

    @Test
    void anOlderFormatIsBroughtUpToDateAndKeepsWhatItHeld() {
        try (Store store = open()) {
            StoreSuite.commit(store, Transaction.EMPTY.put("a", "1"));
        }
        Migrations next = with("ALTER TABLE entry ADD COLUMN colour TEXT");

        try (Store store = open(next, List.of())) {
            assertThat(store.get("a").orElseThrow().value()).isEqualTo("1");
        }
        assertThatThrownBy(this::open)
                .isInstanceOf(StoreException.class)
                .hasMessage("store: " + file() + ": format 2 (expected: at most 1; a newer Signalbox wrote it, and this"
                        + " one leaves it as it is)");
        try (Store store = open(next, List.of())) {
            assertThat(store.get("a")).isPresent();
        }
    }

    @Test
    void aStepThatFailsLeavesTheFileAsItWas() {
        try (Store store = open()) {
            StoreSuite.commit(store, Transaction.EMPTY.put("a", "1"));
        }

        assertThatThrownBy(() -> open(with("DELETE FROM entry", "ALTER TABLE none ADD COLUMN x TEXT"), List.of()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("format 1 could not become 2");
        try (Store store = open()) {
            assertThat(store.get("a")).isPresent();
        }
    }

    @Test
    void aSecondUserOfTheFolderIsToldWhoTheFirstIs() {
        try (Store _ = open()) {
            assertThatThrownBy(this::open)
                    .isInstanceOf(StoreException.class)
                    .hasMessage("data: " + folder + " (expected: a folder that no other process uses; process "
                            + ProcessHandle.current().pid() + " does)");
        }
        open().close();
    }

    @Test
    void whatIsNoDatabaseIsRefusedAndLeftAsItIs() throws IOException {
        byte[] noise = new byte[8192];
        new Random(1).nextBytes(noise);
        Files.write(file(), noise);

        assertThatThrownBy(this::open)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("store: " + file())
                .hasMessageContaining("expected: a whole store of Signalbox");
        assertThat(Files.readAllBytes(file())).isEqualTo(noise);
    }

    @Test
    void theDatabaseOfAnotherProgramIsRefused() throws Exception {
        sql("CREATE TABLE bookmarks (url TEXT)");

        assertThatThrownBy(this::open)
                .isInstanceOf(StoreException.class)
                .hasMessage("store: " + file() + " (expected: a store of Signalbox; it is another program's)");
    }

    @Test
    void aDamagedPageIsRefusedWhenTheStoreOpens() throws IOException {
        try (Store store = open()) {
            for (int i = 0; i < 200; i++) {
                StoreSuite.commit(store, Transaction.EMPTY.put("key/" + i, "x".repeat(500)));
            }
        }
        try (RandomAccessFile raw = new RandomAccessFile(file().toFile(), "rw")) {
            for (long page = raw.length() / 4096 / 2; page < raw.length() / 4096; page++) {
                raw.seek(page * 4096);
                raw.write("damaged".repeat(20).getBytes(StandardCharsets.UTF_8));
            }
        }

        assertThatThrownBy(this::open)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(file().toString())
                .hasMessageContaining("restore a backup in its place");
    }

    @Test
    void anEmptyFileIsABeginning() throws IOException {
        Files.createFile(file());

        try (Store store = open()) {
            assertThat(store.revision()).isZero();
        }
    }

    @Test
    void aPlaceThatCannotBeWrittenIsNamed() throws IOException {
        Path plain = Files.createFile(folder.resolve("plain"));
        assertThatThrownBy(() -> LocalStore.open(plain, time, time))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("data: " + plain + " (expected: a folder where this user may write");

        Path kernel = Path.of("/proc/sys/signalbox");
        assumeThat(kernel.getParent()).exists();
        assertThatThrownBy(() -> LocalStore.open(kernel, time, time))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("data: " + kernel + " (expected: a folder where this user may write");
    }

    @Test
    void aFolderInPlaceOfTheFileIsNamed() throws IOException {
        Files.createDirectory(file());

        assertThatThrownBy(this::open)
                .isInstanceOf(StoreException.class)
                .hasMessage("store: " + file() + " (expected: a file that this user may read and write)");
    }

    @Test
    void withoutRoomNothingIsWrittenAndWhatWasAcknowledgedStays() {
        int kept = 0;
        try (Store store = open(Migrations.ALL, List.of("PRAGMA max_page_count = 60"))) {
            try {
                for (; kept < 1_000; kept++) {
                    StoreSuite.commit(
                            store,
                            Transaction.EMPTY
                                    .put("key/" + kept, "x".repeat(1_000))
                                    .put("last", "" + kept));
                }
            } catch (StoreException e) {
                assertThat(e)
                        .hasMessage("store: " + file() + ": SQLITE_FULL (expected: room on its disk; nothing was"
                                + " written, and what was written before is kept)");
            }
            assertThat(kept).isBetween(10, 999);
            assertThat(store.revision()).isEqualTo(kept);
            assertThat(store.get("last").orElseThrow().value()).isEqualTo("" + (kept - 1));
        }
        try (Store store = open()) {
            assertThat(store.revision()).isEqualTo(kept);
            assertThat(store.range(KeyRange.prefix("key/"))).hasSize(kept);
            StoreSuite.commit(store, Transaction.EMPTY.put("after", "there is room again"));
        }
    }

    @Test
    void aStoreThatHadNoRoomGoesOnWritingOnceThereIsSome() {
        Transaction tooMuch = Transaction.EMPTY.put("large", "x".repeat(300_000));
        try (Store store = open(Migrations.ALL, List.of("PRAGMA max_page_count = 60"))) {
            StoreSuite.commit(store, Transaction.EMPTY.put("medium", "x".repeat(60_000)));
            for (int again = 0; again < 3; again++) {
                assertThatThrownBy(() -> store.commit(tooMuch))
                        .isInstanceOf(StoreException.class)
                        .hasMessageContaining("SQLITE_FULL");
            }
            StoreSuite.commit(store, Transaction.EMPTY.put("small", "fits"));
            StoreSuite.commit(store, Transaction.EMPTY.put("medium", "x".repeat(50_000)));
            assertThat(store.revision()).isEqualTo(3);
        }
        try (Store store = open()) {
            assertThat(store.get("small").orElseThrow().value()).isEqualTo("fits");
            assertThat(store.get("large")).isEmpty();
        }
    }

    @Test
    void aWriteAheadLogThatWasCutOffAnywhereOpensWithAllBeforeTheCut() throws IOException {
        int commits = 20;
        Path crashed = folder.resolve("crashed");
        List<Long> ends = new ArrayList<>();
        try (Store store = open()) {
            for (int i = 1; i <= commits; i++) {
                StoreSuite.commit(
                        store,
                        Transaction.EMPTY.put("key/" + i, "x".repeat(300)).put("last", "" + i));
                ends.add(Files.size(folder.resolve("store.db-wal")));
            }
            Files.createDirectory(crashed);
            Files.copy(file(), crashed.resolve("store.db"));
            Files.copy(folder.resolve("store.db-wal"), crashed.resolve("whole"));
        }
        Random random = new Random(7);
        for (int cut = 0; cut < 25; cut++) {
            long length = random.nextLong(ends.getFirst(), ends.getLast() + 1);
            Path torn = Files.createDirectory(folder.resolve("torn-" + cut));
            Files.copy(crashed.resolve("store.db"), torn.resolve("store.db"));
            Files.copy(crashed.resolve("whole"), torn.resolve("store.db-wal"));
            try (FileChannel wal = FileChannel.open(torn.resolve("store.db-wal"), StandardOpenOption.WRITE)) {
                wal.truncate(length);
                // a page of which only a part reached the disk
                wal.write(ByteBuffer.wrap(new byte[100]), Math.max(0, length - 50));
            }
            long whole = ends.stream().filter(end -> end <= length - 50).count();

            try (Store store = LocalStore.open(torn, time, time)) {
                assertThat(store.revision()).as("cut at %s", length).isGreaterThanOrEqualTo(whole);
                assertThat(store.range(KeyRange.prefix("key/"))).hasSize((int) store.revision());
                assertThat(store.get("last").orElseThrow().value()).isEqualTo("" + store.revision());
            }
        }
    }

    private LocalStore open() {
        return LocalStore.open(folder, time, time);
    }

    private LocalStore open(Migrations migrations, List<String> settings) {
        return new LocalStore(SqliteTables.open(folder, migrations, settings), 10_000, time, time);
    }

    private static Migrations with(String... statements) {
        List<List<String>> steps = new ArrayList<>(Migrations.ALL.steps());
        steps.add(List.of(statements));
        return new Migrations(steps);
    }

    private Path file() {
        return folder.resolve("store.db");
    }

    private void sql(String script) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement()) {
            for (String line : END_OF_STATEMENT.split(script, -1)) {
                if (!line.isBlank()) {
                    statement.execute(line);
                }
            }
        }
    }

    private List<String> schema() throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_schema ORDER BY name")) {
            while (rows.next()) {
                found.add(rows.getString(1).replaceAll("\\s+", " "));
            }
        }
        return found;
    }

    private static String text(String resource) throws IOException {
        try (var in = StoreFileTest.class.getResourceAsStream(resource)) {
            assertThat(in).as(resource).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
