package io.signalbox.mesh.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The suite on a file, and what a file adds: it is there afterwards. */
final class FileStoreTest extends StoreSuite {

    @TempDir
    private Path folder;

    @Override
    Store open() {
        return LocalStore.open(folder.resolve("suite"), time, time);
    }

    @Test
    void whatWasWrittenIsThereAfterAnotherStart() {
        try (Store store = again()) {
            commit(store, Transaction.EMPTY.put("a", "1").put("b", "2"));
            commit(store, Transaction.EMPTY.put("a", "3").delete("b"));
        }
        Seen seen = new Seen();
        try (Store store = again()) {
            assertThat(store.revision()).isEqualTo(2);
            assertThat(store.get("a").orElseThrow().modified()).isEqualTo(2);
            assertThat(store.get("b")).isEmpty();
            store.watch("a", 1, seen);
            assertThat(commit(store, Transaction.EMPTY.when("a", 2).put("a", "4")))
                    .isEqualTo(3);
        }
        assertThat(seen.told).containsExactly("2: a=3", "3: a=4");
    }

    @Test
    void whatWasForgottenStaysSo() {
        try (Store store = again()) {
            commit(store, Transaction.EMPTY.put("a", "1"));
            commit(store, Transaction.EMPTY.put("a", "2"));
            store.compact(2);
        }
        Seen seen = new Seen();
        try (Store store = again()) {
            store.watch("a", 1, seen);
        }
        assertThat(seen.told).containsExactly("too old, from 2");
    }

    @Test
    void aLeaseBeginsItsTimeAnewAndItsNumberIsNotUsedAgain() {
        long lease;
        try (Store store = again()) {
            lease = store.grant(Duration.ofSeconds(10));
            commit(store, Transaction.EMPTY.put("a", "1", lease));
        }
        time.advance(Duration.ofMinutes(1));
        try (Store store = again()) {
            assertThat(store.get("a")).isPresent();
            assertThat(store.grant(Duration.ofSeconds(10))).isGreaterThan(lease);
            time.advance(Duration.ofSeconds(12));
            assertThat(store.get("a")).isEmpty();
        }
    }

    private Store again() {
        return LocalStore.open(folder.resolve("kept"), time, time);
    }
}
