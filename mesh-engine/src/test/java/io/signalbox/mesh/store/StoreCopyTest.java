package io.signalbox.mesh.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.signalbox.mesh.time.ManualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups: made from a store in use, and put back. */
final class StoreCopyTest {

    @TempDir
    private Path folder;

    private final ManualTime time = new ManualTime();

    @Test
    void aCopyOfAStoreInUseHoldsWhatItHeldThen() {
        Path backup = folder.resolve("mesh.db");
        try (Store store = open("data")) {
            StoreSuite.commit(store, Transaction.EMPTY.put("a", "1"));
            StoreSuite.commit(store, Transaction.EMPTY.put("a", "2"));
            StoreCopy.backUp(folder.resolve("data"), backup);
            StoreSuite.commit(store, Transaction.EMPTY.put("a", "3"));
        }
        StoreCopy.restore(backup, folder.resolve("other"));

        try (Store store = open("other")) {
            assertThat(store.revision()).isEqualTo(2);
            assertThat(store.get("a").orElseThrow().value()).isEqualTo("2");
            StoreSuite.Seen seen = new StoreSuite.Seen();
            store.watch("a", 0, seen);
            assertThat(seen.told).containsExactly("1: a=1", "2: a=2");
        }
    }

    @Test
    void nobodyButTheOwnerMayReadTheStoreOrACopy() throws IOException {
        assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
        Path backup = folder.resolve("mesh.db");
        Files.createDirectory(folder.resolve("data"));
        Files.createDirectory(folder.resolve("other"));
        try (Store store = open("data")) {
            StoreSuite.commit(store, Transaction.EMPTY.put("a", "1"));
            StoreCopy.backUp(folder.resolve("data"), backup);
            StoreCopy.restore(backup, folder.resolve("other"));

            for (Path file : List.of(
                    backup,
                    folder.resolve("data/store.db"),
                    folder.resolve("data/store.db-wal"),
                    folder.resolve("other/store.db"))) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as("%s", file)
                        .isEqualTo("rw-------");
            }
        }
    }

    @Test
    void whatIsThereIsNeverOverwritten() throws IOException {
        Path backup = folder.resolve("mesh.db");
        try (Store store = open("data")) {
            StoreSuite.commit(store, Transaction.EMPTY.put("a", "1"));
        }
        StoreCopy.backUp(folder.resolve("data"), backup);

        assertThatThrownBy(() -> StoreCopy.backUp(folder.resolve("data"), backup))
                .isInstanceOf(StoreException.class)
                .hasMessage("file: " + backup + " (expected: one that is not there yet)");
        assertThatThrownBy(() -> StoreCopy.restore(backup, folder.resolve("data")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("expected: none yet");
        assertThat(names(folder)).containsExactlyInAnyOrder("data", "mesh.db");
    }

    @Test
    void aFolderInUseIsNotRestoredInto() {
        Path backup = folder.resolve("mesh.db");
        try (Store _ = open("data")) {
            StoreCopy.backUp(folder.resolve("data"), backup);
            assertThatThrownBy(() -> StoreCopy.restore(backup, folder.resolve("data")))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("no other process uses");
        }
    }

    @Test
    void whatIsNoBackupIsRefusedAndLeavesNothing() throws IOException {
        Path noise = Files.writeString(folder.resolve("noise"), "not a database, whatever its name says".repeat(100));

        assertThatThrownBy(() -> StoreCopy.restore(noise, folder.resolve("other")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("expected: a whole store of Signalbox");
        assertThat(names(folder.resolve("other"))).doesNotContain("store.db", "store.db.part");
        assertThatThrownBy(() -> StoreCopy.restore(folder.resolve("none"), folder.resolve("other")))
                .isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> StoreCopy.backUp(folder.resolve("empty"), folder.resolve("mesh.db")))
                .isInstanceOf(StoreException.class)
                .hasMessage("store: " + folder.resolve("empty").resolve("store.db")
                        + " (expected: a store that a control plane made)");
    }

    private Store open(String name) {
        return LocalStore.open(folder.resolve(name), time, time);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
