package io.signalbox.mesh.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.mesh.config.AccessToken;
import io.signalbox.mesh.store.LocalStore;
import io.signalbox.mesh.store.SharedCopy;
import io.signalbox.mesh.store.Store;
import io.signalbox.mesh.store.StoreException;
import io.signalbox.mesh.time.ManualTime;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The authority of control planes that share a store, in a backup and back. */
final class SharedBackupTest {

    @TempDir
    private Path folder;

    private final ManualTime time = new ManualTime();
    private final SecureRandom random = new SecureRandom();
    private final Store store = LocalStore.inMemory(time, time);
    private final Store other = LocalStore.inMemory(time, time);
    private final AccessToken token = AccessToken.generate(random);

    @BeforeEach
    void haveAToken() throws IOException {
        Files.createDirectory(folder.resolve("data"));
        token.write(folder.resolve("data").resolve("token"));
    }

    @Test
    void withItsKeysItIsTheSameAuthorityElsewhereAndAFolderThatHadNothingHasTheToken() throws IOException {
        SharedRootKeys keys = open(store, "data", token);
        var _ = store.commit(keys.makeNext().kept());
        keys.refresh();
        Path file = folder.resolve("mesh.db");

        KeyCopy copied = SharedBackup.backUpWithKeys(store, folder.resolve("data"), file);
        SharedBackup.restore(file, KeyCopy.besideOf(file), folder.resolve("new"), other, SharedCopy.Existing.REFUSED);

        assertThat(copied.names()).containsExactly("ca-key.pem", "ca-next-key.pem", "token");
        AccessToken restored = AccessToken.read(folder.resolve("new").resolve("token"));
        SharedRootKeys there = open(other, "new", restored);
        assertThat(there.current().fingerprint()).isEqualTo(keys.current().fingerprint());
        assertThat(there.next().orElseThrow().fingerprint())
                .isEqualTo(keys.next().orElseThrow().fingerprint());
        assertThat(Files.exists(folder.resolve("new").resolve("ca-key.pem"))).isFalse();
    }

    @Test
    void withoutKeysNoneAreInTheFileSealedOrNot() {
        SharedRootKeys _ = open(store, "data", token);
        Path file = folder.resolve("mesh.db");

        SharedBackup.backUp(store, file);

        assertThat(SharedCopy.read(file)).noneMatch(entry -> entry.key().startsWith("authority/"));
        assertThat(KeyCopy.besideOf(file)).isEmpty();
    }

    @Test
    void aTokenThatDoesNotOpenTheAuthorityBacksNothingUp() {
        SharedRootKeys _ = open(store, "data", AccessToken.generate(random));
        Path file = folder.resolve("mesh.db");

        assertThatThrownBy(() -> SharedBackup.backUpWithKeys(store, folder.resolve("data"), file))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("does not open authority/key");
        assertThat(Files.exists(file)).isFalse();
    }

    @Test
    void aFolderWithAnotherTokenIsRefusedAndOneWithTheSameIsNot() throws IOException {
        SharedRootKeys _ = open(store, "data", token);
        Path file = folder.resolve("mesh.db");
        KeyCopy _ = SharedBackup.backUpWithKeys(store, folder.resolve("data"), file);
        Files.createDirectory(folder.resolve("stranger"));
        AccessToken.generate(random).write(folder.resolve("stranger").resolve("token"));
        Optional<KeyCopy> keys = KeyCopy.besideOf(file);

        assertThatThrownBy(() -> SharedBackup.restore(
                        file, keys, folder.resolve("stranger"), other, SharedCopy.Existing.REFUSED))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("expected: that of the backup, or none");
        assertThat(other.revision()).isZero();

        SharedBackup.restore(file, keys, folder.resolve("data"), other, SharedCopy.Existing.REFUSED);
        assertThat(other.get("authority/key")).isPresent();
    }

    @Test
    void aBackupThatCannotBeWrittenLeavesNoKeys() throws IOException {
        SharedRootKeys _ = open(store, "data", token);
        Path file = Files.createFile(folder.resolve("mesh.db"));

        assertThatThrownBy(() -> SharedBackup.backUpWithKeys(store, folder.resolve("data"), file))
                .isInstanceOf(StoreException.class);
        assertThat(KeyCopy.besideOf(file)).isEmpty();
    }

    @Test
    void aRestoreThatIsRefusedLeavesNoToken() {
        SharedRootKeys _ = open(store, "data", token);
        Path file = folder.resolve("mesh.db");
        KeyCopy _ = SharedBackup.backUpWithKeys(store, folder.resolve("data"), file);

        assertThatThrownBy(() -> SharedBackup.restore(
                        file, KeyCopy.besideOf(file), folder.resolve("new"), store, SharedCopy.Existing.REFUSED))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("--replace");
        assertThat(Files.exists(folder.resolve("new").resolve("token"))).isFalse();
    }

    @Test
    void aRestoreThatEndedEarlyLeavesTheTokenThatOpensWhatItWrote() {
        SharedRootKeys _ = open(store, "data", token);
        Path file = folder.resolve("mesh.db");
        KeyCopy _ = SharedBackup.backUpWithKeys(store, folder.resolve("data"), file);
        Store ending = (Store) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Store.class}, (_, method, given) -> {
                    if (method.getName().equals("commit")
                            && other.get("authority/key").isPresent()) {
                        throw new StoreException("store: gone (expected: one)");
                    }
                    return method.invoke(other, given);
                });

        assertThatThrownBy(() -> SharedBackup.restore(
                        file, KeyCopy.besideOf(file), folder.resolve("new"), ending, SharedCopy.Existing.REFUSED))
                .hasMessageContaining("gone");

        assertThat(AccessToken.read(folder.resolve("new").resolve("token")).text())
                .isEqualTo(token.text());
    }

    private SharedRootKeys open(Store kept, String data, AccessToken by) {
        return SharedRootKeys.open(kept, SharedCopy.unrestored(kept), folder.resolve(data), by, "test", time, random);
    }
}
