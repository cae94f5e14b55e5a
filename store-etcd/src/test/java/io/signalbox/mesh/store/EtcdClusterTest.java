package io.signalbox.mesh.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.mesh.store.StoreSuite.Seen;
import io.signalbox.mesh.time.Ticker;
import io.signalbox.store.etcd.EtcdNodes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EtcdClusterTest {

    @TempDir
    private Path folder;

    @Test
    void aLeaderThatIsKilledCostsNeitherAWriteNorAChangeThatIsWatched() throws Exception {
        try (EtcdNodes nodes = EtcdNodes.start(folder, 3);
                Store store = open(nodes)) {
            Seen seen = new Seen();
            store.watch("n/", 0, seen);
            AtomicBoolean enough = new AtomicBoolean();
            CompletableFuture<List<String>> writing = CompletableFuture.supplyAsync(() -> write(store, enough));
            for (int i = 0; i < 3; i++) {
                int written = seen.told.size();
                int leader = nodes.leader();
                nodes.kill(leader);
                await().atMost(Duration.ofSeconds(30)).until(() -> seen.told.size() > written + 20);
                nodes.restart(leader);
                nodes.awaitHealth();
            }
            enough.set(true);
            List<String> acknowledged = writing.get();

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(seen.told).containsExactlyElementsOf(acknowledged));
            assertThat(store.range(KeyRange.prefix("n/"))).hasSameSizeAs(acknowledged);
        }
    }

    /** Each write on condition that it is the first of its key, so that one that is made twice would be refused. */
    private static List<String> write(Store store, AtomicBoolean enough) {
        List<String> acknowledged = new ArrayList<>();
        for (int i = 0; !enough.get(); i++) {
            String key = "n/%06d".formatted(i);
            long revision =
                    StoreSuite.commit(store, Transaction.EMPTY.when(key, 0).put(key, "" + i));
            acknowledged.add(revision + ": " + key + "=" + i);
        }
        return acknowledged;
    }

    private static Store open(EtcdNodes nodes) {
        return StoreModule.find("etcd")
                .open(
                        new SharedStore(
                                nodes.endpoints(),
                                "/signalbox/cluster/",
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()),
                        Ticker.system());
    }
}
