package io.signalbox.mesh.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.mesh.time.ManualTime;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups of a store that is shared, and their way back. */
final class SharedCopyTest {

    @TempDir
    private Path folder;

    private final ManualTime time = new ManualTime();
    private final Store store = LocalStore.inMemory(time, time);
    private final Store other = LocalStore.inMemory(time, time);

    @Test
    void whatItHeldAtOneMomentComesBackElsewhereButForWhatHangsOnALease() throws IOException {
        fill(store, 250);
        StoreSuite.commit(store, Transaction.EMPTY.put("big/1", "x".repeat(400_000)));
        StoreSuite.commit(store, Transaction.EMPTY.put("big/2", "ü".repeat(400_000)));
        Map<String, String> before = held(store);
        StoreSuite.commit(store, Transaction.EMPTY.put("member/1", "alive", store.grant(Duration.ofSeconds(10))));
        Path file = folder.resolve("mesh.db");

        SharedCopy.write(SharedCopy.moment(store), file);
        SharedCopy.restore(SharedCopy.read(file), other, SharedCopy.Existing.REFUSED);

        assertThat(held(other)).isEqualTo(before);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void aCopyIsTheFileOfAStoreOfOneProcessToo() {
        fill(store, 3);
        Path file = folder.resolve("mesh.db");
        SharedCopy.write(SharedCopy.moment(store), file);

        StoreCopy.restore(file, folder.resolve("data"));

        try (Store opened = LocalStore.open(folder.resolve("data"), time, time)) {
            assertThat(held(opened)).isEqualTo(held(store));
            assertThat(opened.revision()).isEqualTo(store.revision());
            StoreSuite.commit(opened, Transaction.EMPTY.when("k/002", 3).put("k/002", "more"));
        }
    }

    @Test
    void aStoreThatHoldsSomethingIsOnlyReplacedWhenThatIsSaid() {
        fill(store, 2);
        StoreSuite.commit(other, Transaction.EMPTY.put("old", "1"));

        assertThatThrownBy(() -> SharedCopy.restore(SharedCopy.moment(store), other, SharedCopy.Existing.REFUSED))
                .isInstanceOf(StoreException.class)
                .hasMessage("store: 1 keys, the first of them old (expected: an empty one, or --replace)");
        assertThat(held(other)).isEqualTo(Map.of("old", "1"));

        SharedCopy.restore(SharedCopy.moment(store), other, SharedCopy.Existing.REPLACED);

        assertThat(held(other)).isEqualTo(held(store));
    }

    @Test
    void aStoreThatAControlPlaneUsesIsLeftAlone() {
        fill(store, 2);
        StoreSuite.commit(other, Transaction.EMPTY.put("member/1", "alive", other.grant(Duration.ofSeconds(10))));

        assertThatThrownBy(() -> SharedCopy.restore(SharedCopy.moment(store), other, SharedCopy.Existing.REPLACED))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("member/1 (expected: no control plane that uses it");
        assertThat(held(other)).isEqualTo(Map.of("member/1", "alive"));
    }

    @Test
    void oneThatEndedEarlyIsNoWholeStoreUntilItIsDoneAgain() {
        fill(store, 250);

        assertThatThrownBy(() ->
                        SharedCopy.restore(SharedCopy.moment(store), failingAfter(2), SharedCopy.Existing.REFUSED))
                .isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> SharedCopy.requireWhole(other))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("restore again with --replace");
        assertThatThrownBy(() -> SharedCopy.moment(other)).isInstanceOf(StoreException.class);

        SharedCopy.restore(SharedCopy.moment(store), other, SharedCopy.Existing.REPLACED);

        SharedCopy.requireWhole(other);
        assertThat(held(other)).isEqualTo(held(store));
    }

    private static void fill(Store filled, int keys) {
        for (int i = 0; i < keys; i++) {
            StoreSuite.commit(filled, Transaction.EMPTY.put("k/%03d".formatted(i), "{\"n\": " + i + "}"));
        }
    }

    private static Map<String, String> held(Store of) {
        Map<String, String> held = new TreeMap<>();
        for (String prefix : List.of("big/", "k/", "member/", "old", SharedCopy.RESTORING)) {
            of.range(KeyRange.prefix(prefix)).forEach(entry -> held.put(entry.key(), entry.value()));
        }
        return held;
    }

    private Store failingAfter(int commits) {
        AtomicInteger left = new AtomicInteger(commits);
        return (Store) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("commit") && left.getAndDecrement() == 0) {
                        throw new StoreException("store: gone (expected: one)");
                    }
                    try {
                        return method.invoke(other, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause() == null ? e : e.getCause();
                    }
                });
    }
}
