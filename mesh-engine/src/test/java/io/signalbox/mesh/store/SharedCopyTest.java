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
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
        SharedCopy.begin(SharedCopy.read(file), other, SharedCopy.Existing.REFUSED)
                .finish();

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

        assertThatThrownBy(() -> SharedCopy.begin(SharedCopy.moment(store), other, SharedCopy.Existing.REFUSED)
                        .finish())
                .isInstanceOf(StoreException.class)
                .hasMessage("store: 1 keys, the first of them old (expected: an empty one, or --replace)");
        assertThat(held(other)).isEqualTo(Map.of("old", "1"));

        SharedCopy.begin(SharedCopy.moment(store), other, SharedCopy.Existing.REPLACED)
                .finish();

        assertThat(held(other)).isEqualTo(held(store));
    }

    @Test
    void aStoreThatAControlPlaneUsesIsLeftAlone() {
        fill(store, 2);
        StoreSuite.commit(other, Transaction.EMPTY.put("member/1", "alive", other.grant(Duration.ofSeconds(10))));

        assertThatThrownBy(() -> SharedCopy.begin(SharedCopy.moment(store), other, SharedCopy.Existing.REPLACED)
                        .finish())
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("member/1 (expected: no control plane that uses it");
        assertThat(held(other)).isEqualTo(Map.of("member/1", "alive"));
    }

    @Test
    void oneThatEndedEarlyIsNoWholeStoreUntilItIsDoneAgain() {
        fill(store, 250);

        assertThatThrownBy(
                        () -> SharedCopy.begin(SharedCopy.moment(store), failingAfter(2), SharedCopy.Existing.REFUSED)
                                .finish())
                .isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> SharedCopy.unrestored(other))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("restore again with --replace");
        assertThatThrownBy(() -> SharedCopy.moment(other)).isInstanceOf(StoreException.class);

        SharedCopy.begin(SharedCopy.moment(store), other, SharedCopy.Existing.REPLACED)
                .finish();

        assertThat(SharedCopy.unrestored(other).conditions()).hasSize(2);
        assertThat(held(other)).isEqualTo(held(store));
    }

    @Test
    void whatIsNotInTheBackupIsThereUntilAllOfItIs() {
        fill(store, 250);
        StoreSuite.commit(other, Transaction.EMPTY.put("old", "1"));

        assertThatThrownBy(
                        () -> SharedCopy.begin(SharedCopy.moment(store), failingAfter(3), SharedCopy.Existing.REPLACED)
                                .finish())
                .isInstanceOf(StoreException.class);

        assertThat(held(other)).containsEntry("old", "1").containsKey("k/000");
    }

    @Test
    void anEntryThatNoStoreTakesIsNamedBeforeAnythingIsWritten() {
        StoreSuite.commit(other, Transaction.EMPTY.put("old", "1"));
        StoreEntry large = new StoreEntry("k/large", "ü".repeat(800_000), 0, 0, OptionalLong.empty());

        assertThatThrownBy(() -> SharedCopy.begin(List.of(large), other, SharedCopy.Existing.REPLACED))
                .isInstanceOf(StoreException.class)
                .hasMessage("backup: k/large: 1600007 bytes with its key (expected: at most 1500000, which etcd takes"
                        + " at once)");
        assertThat(held(other)).isEqualTo(Map.of("old", "1"));
    }

    @Test
    void anAnswerToItsEndThatWasLostIsItsEnd() {
        fill(store, 3);
        Store repeating = store((method, call) ->
                method.equals("commit") && other.get("k/002").isPresent() ? repeated(call) : call.get());

        SharedCopy.begin(SharedCopy.moment(store), repeating, SharedCopy.Existing.REFUSED)
                .finish();

        assertThat(held(other)).isEqualTo(held(store));
    }

    @Test
    void oneWhoBeganToUseItJustBeforeIsFoundBeforeAnythingIsReplaced() {
        StoreSuite.commit(other, Transaction.EMPTY.put("old", "1"));
        Store late = store((method, call) -> {
            if (method.equals("commit") && other.get("member/1").isEmpty()) {
                StoreSuite.commit(
                        other, Transaction.EMPTY.put("member/1", "alive", other.grant(Duration.ofSeconds(10))));
            }
            return call.get();
        });

        assertThatThrownBy(() -> SharedCopy.begin(List.of(), late, SharedCopy.Existing.REPLACED))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("member/1 (expected: no control plane that uses it");
        assertThat(held(other)).isEqualTo(Map.of("old", "1", "member/1", "alive"));
    }

    @Test
    void whoReadItBeforeARestoreWritesNothingAfterIt() {
        Transaction before = SharedCopy.unrestored(other);
        fill(store, 3);
        SharedCopy.begin(SharedCopy.moment(store), other, SharedCopy.Existing.REFUSED)
                .finish();

        assertThat(other.commit(before.put("k/late", "1"))).isInstanceOf(Outcome.Refused.class);
        assertThat(other.commit(SharedCopy.unrestored(other).put("k/new", "1"))).isInstanceOf(Outcome.Committed.class);
        assertThat(SharedCopy.moment(other)).noneMatch(entry -> entry.key().startsWith("restore/"));
        SharedCopy.begin(List.of(), other, SharedCopy.Existing.REPLACED).finish();
        SharedCopy.begin(List.of(), other, SharedCopy.Existing.REFUSED).finish();
    }

    @Test
    void aFileThatAHalfRestoredStoreWasCopiedToIsNoBackup() {
        Path file = folder.resolve("mesh.db");
        SharedCopy.write(List.of(new StoreEntry(SharedCopy.RESTORING, "{}", 1, 1, OptionalLong.empty())), file);

        assertThatThrownBy(() -> SharedCopy.read(file))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("expected: a whole store");
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
        return store((method, call) -> {
            if (method.equals("commit") && left.getAndDecrement() == 0) {
                throw new StoreException("store: gone (expected: one)");
            }
            return call.get();
        });
    }

    /** As a client does that got no answer. */
    private static @Nullable Object repeated(Supplier<@Nullable Object> call) {
        var _ = call.get();
        return call.get();
    }

    private Store store(BiFunction<String, Supplier<@Nullable Object>, @Nullable Object> calling) {
        return (Store) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Store.class},
                (proxy, method, arguments) -> calling.apply(method.getName(), () -> {
                    try {
                        return method.invoke(other, arguments);
                    } catch (IllegalAccessException | InvocationTargetException e) {
                        throw new IllegalStateException(e);
                    }
                }));
    }
}
