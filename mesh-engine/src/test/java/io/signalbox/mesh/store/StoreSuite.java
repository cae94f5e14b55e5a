package io.signalbox.mesh.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.time.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store does. */
abstract class StoreSuite {

    final ManualTime time = new ManualTime();

    @SuppressWarnings("NullAway.Init") // opened before each test
    private Store store;

    /** An empty store, on {@link #time} if it takes one. */
    abstract Store open() throws Exception;

    /** How long leases last here. */
    Duration lease() {
        return Duration.ofSeconds(10);
    }

    void pass(Duration duration) {
        time.advance(duration);
    }

    /** What holds at once, or, where others than the caller move the store, soon. */
    void settled(Runnable assertion) {
        assertion.run();
    }

    @BeforeEach
    void openStore() throws Exception {
        store = open();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void nothingWasEverWritten() {
        assertThat(store.revision()).isZero();
        assertThat(store.get("a")).isEmpty();
        assertThat(store.range(KeyRange.prefix("a"))).isEmpty();
    }

    @Test
    void eachTransactionThatChangesAnythingIsOneRevision() {
        assertThat(commit(Transaction.EMPTY.put("a", "1").put("b", "2"))).isEqualTo(1);
        assertThat(commit(Transaction.EMPTY.put("a", "3"))).isEqualTo(2);
        assertThat(commit(Transaction.EMPTY.delete("none"))).isEqualTo(2);
        assertThat(commit(Transaction.EMPTY)).isEqualTo(2);
        assertThat(store.revision()).isEqualTo(2);
    }

    @Test
    void anEntryKnowsWhatMadeItAndWhatWroteItLast() {
        commit(Transaction.EMPTY.put("a", "1"));
        commit(Transaction.EMPTY.put("b", "x"));
        commit(Transaction.EMPTY.put("a", "2"));

        StoreEntry entry = store.get("a").orElseThrow();
        assertThat(entry.value()).isEqualTo("2");
        assertThat(entry.created()).isEqualTo(1);
        assertThat(entry.modified()).isEqualTo(3);
        assertThat(entry.lease()).isEmpty();
    }

    @Test
    void anyTextIsKeptAsItIs() {
        String text = "ß \u0000 \uD83D\uDE00 \"'; DROP TABLE entry; --\n" + "x".repeat(200_000);
        commit(Transaction.EMPTY.put("a", text).put("empty", ""));

        assertThat(store.get("a").orElseThrow().value()).isEqualTo(text);
        assertThat(store.get("empty").orElseThrow().value()).isEmpty();
    }

    @Test
    void whatWasDeletedBeginsAnew() {
        commit(Transaction.EMPTY.put("a", "1"));
        commit(Transaction.EMPTY.delete("a"));
        assertThat(store.get("a")).isEmpty();

        commit(Transaction.EMPTY.put("a", "2"));

        assertThat(store.get("a").orElseThrow().created()).isEqualTo(3);
    }

    @Test
    void whoeverSawAnOlderRevisionIsRefusedAndToldTheEntry() {
        commit(Transaction.EMPTY.put("a", "1"));
        commit(Transaction.EMPTY.put("a", "2"));

        Outcome outcome = store.commit(
                Transaction.EMPTY.when("a", 1).put("a", "3").put("b", "3").delete("a2"));

        assertThat(outcome).isEqualTo(new Outcome.Refused(new Transaction.Condition("a", 1), store.get("a")));
        assertThat(store.get("b")).isEmpty();
        assertThat(store.revision()).isEqualTo(2);
        assertThat(commit(Transaction.EMPTY.when("a", 2).put("a", "3"))).isEqualTo(3);
    }

    @Test
    void revisionZeroStandsForAKeyThatHoldsNothing() {
        assertThat(commit(Transaction.EMPTY.when("a", 0).put("a", "1"))).isEqualTo(1);

        assertThat(store.commit(Transaction.EMPTY.when("a", 0).put("a", "2"))).isInstanceOf(Outcome.Refused.class);
        commit(Transaction.EMPTY.delete("a"));
        assertThat(commit(Transaction.EMPTY.when("a", 0).put("a", "3"))).isEqualTo(3);
    }

    @Test
    void aTransactionWritesAKeyOnce() {
        assertThatThrownBy(() -> Transaction.EMPTY.put("a", "1").delete("a"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("key: a (expected: a key that the transaction writes once)");
    }

    @Test
    void whatIsNoKeyIsRefused() {
        for (String key : List.of("", "a b", "ä", "a~", "x".repeat(513))) {
            assertThatThrownBy(() -> Transaction.EMPTY.put(key, "")).isInstanceOf(InvalidValueException.class);
        }
    }

    @Test
    void aRangeIsReadFromEitherEnd() {
        for (String key : List.of("a/3", "a/1", "b/1", "a/2", "a", "a0")) {
            commit(Transaction.EMPTY.put(key, key));
        }

        KeyRange all = KeyRange.prefix("a/");
        assertThat(keys(all)).containsExactly("a/1", "a/2", "a/3");
        assertThat(keys(all.last(2))).containsExactly("a/3", "a/2");
        assertThat(keys(all.last(5).below("a/3"))).containsExactly("a/2", "a/1");
        assertThat(keys(all.below("a/0"))).isEmpty();
        assertThat(keys(all.below("a"))).isEmpty();
    }

    @Test
    void aWatchTellsWhatIsKeptAndThenWhatIsWritten() {
        commit(Transaction.EMPTY.put("a/1", "one"));
        commit(Transaction.EMPTY.put("b/1", "other"));
        Seen seen = new Seen();
        try (Watch _ = store.watch("a/", 0, seen)) {
            commit(Transaction.EMPTY.put("a/2", "two").put("b/2", "other").delete("a/1"));
            commit(Transaction.EMPTY.put("b/1", "again"));
            settled(() -> assertThat(seen.told).hasSize(2));
        }
        commit(Transaction.EMPTY.put("a/3", "after the end"));

        assertThat(seen.told).containsExactly("1: a/1=one", "3: a/1 gone, a/2=two");
    }

    @Test
    void aWatchBeginsAfterTheRevisionThatWasSeen() {
        commit(Transaction.EMPTY.put("a/1", "one"));
        commit(Transaction.EMPTY.put("a/1", "two"));
        Seen seen = new Seen();
        try (Watch _ = store.watch("a/", 1, seen)) {
            settled(() -> assertThat(seen.told).containsExactly("2: a/1=two"));
        }
    }

    @Test
    void aWatchFromWhatIsForgottenIsToldToReadAgain() {
        for (int i = 1; i <= 5; i++) {
            commit(Transaction.EMPTY.put("a/1", "" + i));
        }
        store.compact(3);
        Seen late = new Seen();
        Seen fresh = new Seen();
        store.watch("a/", 2, late);
        store.watch("a/", 3, fresh);
        commit(Transaction.EMPTY.put("a/1", "6"));

        settled(() -> assertThat(late.told).containsExactly("too old, from 3"));
        settled(() -> assertThat(fresh.told).containsExactly("4: a/1=4", "5: a/1=5", "6: a/1=6"));
        assertThat(store.get("a/1").orElseThrow().value()).isEqualTo("6");
    }

    @Test
    void whatIsYetToComeCannotBeForgotten() {
        assertThatThrownBy(() -> store.compact(1)).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void aWatcherThatWritesSeesWhatItWrote() {
        List<Long> told = new CopyOnWriteArrayList<>();
        try (Watch _ = store.watch("a/", 0, new Watcher() {
            @Override
            public void changed(long revision, List<StoreChange> changes) {
                told.add(revision);
                if (revision == 1) {
                    commit(Transaction.EMPTY.put("a/2", "written by the watcher"));
                }
            }

            @Override
            public void tooOld(long oldest) {
                throw new AssertionError();
            }
        })) {
            commit(Transaction.EMPTY.put("a/1", "one"));
            settled(() -> assertThat(told).containsExactly(1L, 2L));
        }
    }

    @Test
    void whatHangsOnALeaseGoesWithIt() {
        Seen seen = new Seen();
        long lease = store.grant(lease());
        commit(Transaction.EMPTY
                .put("a/1", "one", lease)
                .put("a/2", "two", lease)
                .put("a/3", "three"));
        store.watch("a/", 1, seen);
        pass(lease().dividedBy(2));
        assertThat(keys(KeyRange.prefix("a/"))).hasSize(3);

        pass(lease().dividedBy(2).plusSeconds(2));

        settled(() -> assertThat(keys(KeyRange.prefix("a/"))).containsExactly("a/3"));
        settled(() -> assertThat(seen.told).containsExactly("2: a/1 gone, a/2 gone"));
        assertThatThrownBy(() -> store.keepAlive(lease))
                .isInstanceOf(UnknownLeaseException.class)
                .hasMessage("lease: " + lease + " (expected: one that has not run out)");
    }

    @Test
    void aLeaseThatIsRenewedHolds() {
        long lease = store.grant(lease());
        commit(Transaction.EMPTY.put("a", "one", lease));
        for (int i = 0; i < 5; i++) {
            pass(lease().dividedBy(2));
            store.keepAlive(lease);
        }

        assertThat(store.get("a")).isPresent();
        assertThat(store.get("a").orElseThrow().lease()).hasValue(lease);
    }

    @Test
    void aKeyWrittenWithoutTheLeaseHangsOnItNoMore() {
        long lease = store.grant(lease());
        commit(Transaction.EMPTY.put("a", "one", lease));
        commit(Transaction.EMPTY.put("a", "two"));
        store.revoke(lease);

        assertThat(store.get("a")).isPresent();
    }

    @Test
    void aLeaseThatIsGivenBackIsGoneAtOnceAndItsNumberWithIt() {
        long lease = store.grant(lease());
        commit(Transaction.EMPTY.put("a", "one", lease));
        store.revoke(lease);
        store.revoke(lease);

        assertThat(store.get("a")).isEmpty();
        long before = store.revision();
        assertThatThrownBy(() -> store.commit(Transaction.EMPTY.put("a", "").put("b", "", lease)))
                .isInstanceOf(UnknownLeaseException.class);
        assertThat(store.get("a")).isEmpty();
        assertThat(store.get("b")).isEmpty();
        assertThat(store.revision()).isEqualTo(before);
        assertThat(store.grant(lease())).isNotEqualTo(lease);
    }

    @Test
    void manyWritersByCompareAndSetLoseNothing() throws Exception {
        int writers = 4;
        int each = 25;
        int all = writers * each;
        List<Future<?>> done = new ArrayList<>();
        Seen seen = new Seen();
        store.watch("count", 0, seen);
        try (ExecutorService pool = Executors.newFixedThreadPool(writers)) {
            for (int i = 0; i < writers; i++) {
                done.add(pool.submit((Callable<Void>) () -> {
                    for (int n = 0; n < each; n++) {
                        increment();
                    }
                    return null;
                }));
            }
        }
        for (Future<?> future : done) {
            future.get();
        }

        assertThat(store.get("count").orElseThrow().value()).isEqualTo("" + all);
        assertThat(store.revision()).isEqualTo(all);
        settled(() -> assertThat(seen.told).hasSize(all).first().isEqualTo("1: count=1"));
    }

    @Test
    void aClosedStoreRefuses() {
        store.close();

        assertThatThrownBy(() -> store.get("a")).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> store.commit(Transaction.EMPTY.put("a", "")))
                .isInstanceOf(StoreException.class)
                .hasMessage("store: closed (expected: an open one)");
    }

    final long commit(Transaction transaction) {
        return commit(store, transaction);
    }

    static long commit(Store store, Transaction transaction) {
        return switch (store.commit(transaction)) {
            case Outcome.Committed(long revision) -> revision;
            case Outcome.Refused refused -> throw new AssertionError(refused);
        };
    }

    private void increment() {
        Outcome outcome;
        do {
            long seen = store.get("count").map(StoreEntry::modified).orElse(0L);
            int count = store.get("count")
                    .map(StoreEntry::value)
                    .map(Integer::parseInt)
                    .orElse(0);
            outcome = store.commit(Transaction.EMPTY.when("count", seen).put("count", "" + (count + 1)));
        } while (outcome instanceof Outcome.Refused);
    }

    private List<String> keys(KeyRange range) {
        return store.range(range).stream().map(StoreEntry::key).toList();
    }

    /** Writes down what it is told. */
    static final class Seen implements Watcher {

        final List<String> told = new CopyOnWriteArrayList<>();

        @Override
        public void changed(long revision, List<StoreChange> changes) {
            told.add(revision + ": "
                    + String.join(
                            ", ",
                            changes.stream()
                                    .map(change -> switch (change) {
                                        case StoreChange.Written(StoreEntry entry) -> entry.key() + "=" + entry.value();
                                        case StoreChange.Deleted(long _, String key) -> key + " gone";
                                    })
                                    .sorted()
                                    .toList()));
        }

        @Override
        public void tooOld(long oldest) {
            told.add("too old, from " + oldest);
        }
    }
}
