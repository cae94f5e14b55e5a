package io.signalbox.mesh.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.mesh.config.AccessToken;
import io.signalbox.mesh.controlplane.RootKeys;
import io.signalbox.mesh.store.LocalStore;
import io.signalbox.mesh.store.Outcome;
import io.signalbox.mesh.store.SharedCopy;
import io.signalbox.mesh.store.Store;
import io.signalbox.mesh.store.StoreException;
import io.signalbox.mesh.time.ManualTime;
import io.signalbox.mesh.tls.MeshCertificateAuthority;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The keys of two control planes in one store. */
class SharedRootKeysTest {

    @TempDir
    private Path folder;

    private final ManualTime time = new ManualTime();
    private final SecureRandom random = new SecureRandom();
    private final Store store = LocalStore.inMemory(time, time);
    private final AccessToken token = AccessToken.generate(random);

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void bothHaveTheSameAndTheStoreGivesNothingAway() {
        SharedRootKeys one = open(token);

        assertThat(open(token).current().fingerprint()).isEqualTo(one.current().fingerprint());
        assertThat(store.get("authority/key").orElseThrow().value()).doesNotContain("PRIVATE");
    }

    @Test
    void whoHasAnotherTokenIsRefused() {
        open(token);

        assertThatThrownBy(() -> open(AccessToken.generate(random)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("does not open authority/key");
    }

    @Test
    void ofTwoNewOnesThatAreMadeAtOnceTheFirstThatIsWrittenStays() {
        SharedRootKeys one = open(token);
        SharedRootKeys other = open(token);
        RootKeys.Made first = one.makeNext();
        RootKeys.Made second = other.makeNext();

        assertThat(store.commit(first.kept())).isInstanceOf(Outcome.Committed.class);
        assertThat(store.commit(second.kept())).isInstanceOf(Outcome.Refused.class);

        other.refresh();
        assertThat(other.next().orElseThrow().fingerprint())
                .isEqualTo(first.authority().fingerprint());
    }

    @Test
    void whatOnePromotedIsReadByTheOtherAsOneAndPromotedOnce() {
        SharedRootKeys one = open(token);
        SharedRootKeys other = open(token);
        RootKeys.Made made = one.makeNext();
        Outcome _ = store.commit(made.kept());
        other.refresh();

        one.promote();
        other.promote();

        assertThat(other.current().fingerprint()).isEqualTo(made.authority().fingerprint());
        assertThat(other.next()).isEmpty();
    }

    @Test
    void aRollThatEndsBetweenTwoReadsLeavesNoOldKeyWithoutTheNewOne() {
        SharedRootKeys one = open(token);
        AtomicReference<Runnable> afterARead = new AtomicReference<>(() -> {});
        SharedRootKeys other = open(reading(afterARead), token);
        RootKeys.Made made = one.makeNext();
        Outcome _ = store.commit(made.kept());
        afterARead.set(one::promote);

        other.refresh();

        assertThat(List.of(other.current(), other.next().orElse(other.current())))
                .as("of the old key alone nobody would know that another signs by now")
                .extracting(MeshCertificateAuthority::fingerprint)
                .contains(made.authority().fingerprint());
        assertThat(one.current().fingerprint()).isEqualTo(made.authority().fingerprint());
        other.refresh();
        assertThat(other.current().fingerprint()).isEqualTo(made.authority().fingerprint());
    }

    @Test
    void filesThatTheStoreTookInAreSetAsideByALaterStartIfTheFirstDidNotGetThere() throws IOException {
        MeshCertificateAuthority before =
                AuthorityFiles.open(folder, "test", time, random).current();
        Path key = folder.resolve("ca-key.pem");
        String pem = Files.readString(key);
        open(token);
        assertThat(key).doesNotExist();
        Files.writeString(key, pem);

        SharedRootKeys later = open(token);

        assertThat(later.current().fingerprint()).isEqualTo(before.fingerprint());
        assertThat(key).doesNotExist();
        assertThat(folder.resolve("ca-key.pem.moved")).hasContent(pem);
        Outcome _ = store.commit(later.makeNext().kept());
        later.promote();
        assertThat(open(token).current().fingerprint()).isNotEqualTo(before.fingerprint());
    }

    /** The same store, where something happens once after the next read. */
    private Store reading(AtomicReference<Runnable> after) {
        return (Store) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, arguments) -> {
                    Object answer = method.invoke(store, arguments);
                    after.getAndSet(() -> {}).run();
                    return answer;
                });
    }

    private SharedRootKeys open(AccessToken by) {
        return open(store, by);
    }

    private SharedRootKeys open(Store kept, AccessToken by) {
        return SharedRootKeys.open(kept, SharedCopy.unrestored(kept), folder, by, "test", time, random);
    }
}
