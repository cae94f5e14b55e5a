package io.signalbox.mesh.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.signalbox.mesh.time.Ticker;
import io.signalbox.store.etcd.EtcdNodes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The suite on a real etcd, and what several processes see of each other. */
final class EtcdStoreTest extends StoreSuite {

    private static final String PREFIX = "/signalbox/suite/";

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // started as the store is opened
    private EtcdNodes nodes;

    @Override
    Store open() throws Exception {
        nodes = EtcdNodes.start(folder, 1);
        return another(PREFIX);
    }

    @AfterEach
    void stopNodes() {
        if (nodes != null) {
            nodes.close();
        }
    }

    /** etcd measures leases by its own clock. */
    @Override
    Duration lease() {
        return Duration.ofSeconds(3);
    }

    @Override
    void pass(Duration duration) {
        await().pollDelay(duration).atMost(duration.multipliedBy(10)).until(() -> true);
    }

    @Override
    void settled(Runnable assertion) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(assertion::run);
    }

    @Test
    void anotherProcessSeesWhatWasAcknowledgedAndIsToldOfWhatComes() {
        commit(Transaction.EMPTY.put("a/1", "one"));
        Seen seen = new Seen();
        try (Store other = another(PREFIX)) {
            assertThat(other.get("a/1").orElseThrow().value()).isEqualTo("one");
            other.watch("a/", 1, seen);
            commit(Transaction.EMPTY.put("a/2", "two"));

            settled(() -> assertThat(seen.told).containsExactly("2: a/2=two"));
            assertThat(other.commit(Transaction.EMPTY.when("a/2", 0).put("a/2", "three")))
                    .isInstanceOf(Outcome.Refused.class);
        }
    }

    @Test
    void whatOthersKeepBesideIsNotSeen() {
        try (Store other = another("/signalbox/other/")) {
            commit(other, Transaction.EMPTY.put("a/1", "theirs"));
            Seen seen = new Seen();
            Store mine = another(PREFIX);
            mine.watch("a/", 0, seen);
            commit(mine, Transaction.EMPTY.put("a/2", "mine"));

            settled(() -> assertThat(seen.told).containsExactly("2: a/2=mine"));
            assertThat(mine.get("a/1")).isEmpty();
            assertThat(mine.range(KeyRange.prefix("a/"))).hasSize(1);
            mine.close();
        }
    }

    @Test
    void aLongRangeIsReadInPagesFromEitherEnd() {
        Store store = another(PREFIX);
        List<String> keys =
                IntStream.range(0, 2_500).mapToObj("k/%04d"::formatted).toList();
        for (int from = 0; from < keys.size(); from += 100) {
            Transaction many = Transaction.EMPTY;
            for (String key : keys.subList(from, from + 100)) {
                many = many.put(key, key);
            }
            commit(store, many);
        }

        assertThat(store.range(KeyRange.prefix("k/")).stream().map(StoreEntry::key))
                .containsExactlyElementsOf(keys);
        assertThat(store.range(KeyRange.prefix("k/").last(1_500)).stream().map(StoreEntry::key))
                .containsExactlyElementsOf(keys.reversed().subList(0, 1_500));
        store.close();
    }

    @Test
    void whatEtcdRefusesIsNoTimeout() {
        Store store = another(PREFIX);

        assertThatThrownBy(() -> store.commit(Transaction.EMPTY.put("a", "x".repeat(2_000_000))))
                .isExactlyInstanceOf(StoreException.class)
                .hasMessageContaining("too large");
        assertThat(store.get("a")).isEmpty();
        store.close();
    }

    @Test
    void whatNobodyAnswersIsLeftOpenAndWatchesGoOnAfterwards() throws Exception {
        Store store = another(PREFIX);
        Seen seen = new Seen();
        store.watch("a/", 0, seen);
        commit(store, Transaction.EMPTY.put("a/1", "one"));
        settled(() -> assertThat(seen.told).hasSize(1));
        nodes.kill(0);

        assertThatThrownBy(() -> store.get("a/1")).isInstanceOf(StoreUnansweredException.class);

        nodes.restart(0);
        nodes.awaitHealth();
        commit(store, Transaction.EMPTY.when("a/1", 1).put("a/1", "two"));
        settled(() -> assertThat(seen.told).containsExactly("1: a/1=one", "2: a/1=two"));
        store.close();
    }

    private Store another(String prefix) {
        SharedStore where =
                new SharedStore(nodes.endpoints(), prefix, Optional.empty(), Optional.empty(), Optional.empty());
        return StoreModule.find("etcd").open(where, Ticker.system());
    }
}
