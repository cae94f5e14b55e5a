package io.signalbox.store.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.mesh.client.RunningMeshes;
import io.signalbox.mesh.client.TokenInfo;
import io.signalbox.mesh.client.TokenRequest;
import io.signalbox.mesh.client.TokenScope;
import io.signalbox.mesh.client.remote.RemoteMesh;
import io.signalbox.mesh.config.AccessToken;
import io.signalbox.mesh.controlplane.Identities;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.runtime.ControlPlaneOptions;
import io.signalbox.mesh.runtime.KeyCopy;
import io.signalbox.mesh.runtime.Listen;
import io.signalbox.mesh.runtime.SharedBackup;
import io.signalbox.mesh.runtime.StandaloneControlPlane;
import io.signalbox.mesh.store.SharedCopy;
import io.signalbox.mesh.store.SharedStore;
import io.signalbox.mesh.store.Store;
import io.signalbox.mesh.store.StoreEntry;
import io.signalbox.mesh.store.StoreException;
import io.signalbox.mesh.store.StoreModule;
import io.signalbox.mesh.store.Transaction;
import io.signalbox.mesh.time.Ticker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mesh that is kept in a real etcd, backed up while it runs and put back. */
final class EtcdBackupTest {

    private static final ChangeNote NOTE = new ChangeNote("mira", "to see");

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // before each test
    private EtcdNodes nodes;

    @BeforeEach
    void startEtcd() throws IOException {
        nodes = EtcdNodes.start(folder.resolve("etcd"), 1);
    }

    @AfterEach
    void stopEtcd() {
        if (nodes != null) {
            nodes.close();
        }
    }

    @Test
    void aMeshThatRunsIsPutBackElsewhereWithItsHistoryItsAuditItsTokensAndItsAuthority() {
        Path file = folder.resolve("mesh.db");
        Told before;
        Map<String, String> kept;
        try (StandaloneControlPlane plane = start("one", "before")) {
            try (RemoteMesh mesh = connect(plane)) {
                mesh.putPolicy(policy("3s"), OptionalLong.empty(), NOTE);
                mesh.putPolicy(policy("4s"), OptionalLong.of(1), NOTE);
                mesh.trust()
                        .createToken(
                                new TokenRequest(
                                        Optional.of("ci"),
                                        TokenScope.parse("operate"),
                                        Duration.ofHours(8),
                                        TokenInfo.Uses.MANY),
                                NOTE);
                mesh.trust().revokeIdentity("cart", NOTE);
                before = told(mesh);
            }
            try (Store store = store("before")) {
                assertThat(SharedBackup.backUpWithKeys(store, folder.resolve("one"), file)
                                .names())
                        .containsExactly("ca-key.pem", "token");
                kept = held(store);
            }
        }

        try (Store store = store("after")) {
            SharedBackup.restore(
                    file, KeyCopy.besideOf(file), folder.resolve("two"), store, SharedCopy.Existing.REFUSED);
            assertThat(withoutKeys(held(store))).isEqualTo(withoutKeys(kept));
        }
        try (StandaloneControlPlane plane = start("two", "after");
                RemoteMesh mesh = connect(plane)) {
            assertThat(told(mesh)).isEqualTo(before);
            assertThat(mesh.putPolicy(policy("5s"), OptionalLong.of(2), NOTE).revision())
                    .isEqualTo(3);
            try (Store store = store("after")) {
                assertThatThrownBy(() -> SharedBackup.restore(
                                file, Optional.empty(), folder.resolve("three"), store, SharedCopy.Existing.REPLACED))
                        .isInstanceOf(StoreException.class)
                        .hasMessageContaining("no control plane that uses it");
            }
        }
    }

    @Test
    void moreThanOneTransactionCarriesComesBackWholeAndAControlPlaneRefusesWhatDidNot() {
        Path file = folder.resolve("mesh.db");
        List<StoreEntry> many = IntStream.range(0, 1_500)
                .mapToObj(i -> new StoreEntry("audit/%06d".formatted(i), "x".repeat(2_000), 0, i, OptionalLong.empty()))
                .toList();
        SharedCopy.write(many, file);
        try (Store store = store("after")) {
            SharedBackup.restore(file, Optional.empty(), folder.resolve("two"), store, SharedCopy.Existing.REFUSED);
            assertThat(held(store)).hasSize(1_500);
            var _ = store.commit(Transaction.EMPTY.put("restore/unfinished", "{}"));
        }

        assertThatThrownBy(() -> start("two", "after").close())
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("restore again with --replace");
    }

    /** What a mesh says of itself that must not change. */
    private record Told(Object history, Object audit, Object tokens, Object revoked, String root) {}

    private static Told told(RemoteMesh mesh) {
        return new Told(
                mesh.history("catalog"),
                mesh.audit(Long.MAX_VALUE, 100),
                mesh.trust().tokens(),
                mesh.trust().revokedIdentities(),
                mesh.trust().authority().roots().toString());
    }

    private StandaloneControlPlane start(String data, String name) {
        return StandaloneControlPlane.start(
                new ControlPlaneOptions(
                        name,
                        Listen.onLoopback(0),
                        folder.resolve(data),
                        Duration.ofSeconds(10),
                        Identities.LIFETIME,
                        Optional.of(where(name))),
                new RunningMeshes(folder.resolve("run")));
    }

    private static RemoteMesh connect(StandaloneControlPlane plane) {
        return new RemoteMesh(plane.uri(), AccessToken.read(plane.tokenFile()), new SplittableRandom(1));
    }

    private Store store(String name) {
        return StoreModule.shared(where(name), Ticker.system());
    }

    private SharedStore where(String name) {
        return new SharedStore(
                nodes.endpoints(), "/signalbox/" + name + "/", Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static Map<String, String> held(Store store) {
        return SharedCopy.moment(store).stream().collect(Collectors.toMap(StoreEntry::key, StoreEntry::value));
    }

    /** They are sealed anew, by the same token. */
    private static Map<String, String> withoutKeys(Map<String, String> held) {
        return held.entrySet().stream()
                .filter(entry -> !entry.getKey().endsWith("key"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static String policy(String timeout) {
        return "apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: catalog\ntimeout: " + timeout + "\n";
    }
}
