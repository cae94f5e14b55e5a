package io.signalbox.mesh.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.store.SharedStore.Login;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SharedStoreTest {

    private static final Login LOGIN = new Login("mesh", "sesame");

    @ParameterizedTest
    @ValueSource(strings = {"etcd:2379", "ftp://127.0.0.1:2379", "http://127.0.0.1", "http:///v3"})
    void whatIsNoAddressOfANodeIsRefused(String endpoint) {
        assertThatThrownBy(() -> at(Optional.empty(), Optional.empty(), endpoint))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageStartingWith("endpoints: " + endpoint);
    }

    @Test
    void eitherAllNodesTalkTlsOrNone() {
        assertThatThrownBy(() -> at(Optional.empty(), Optional.empty(), "http://127.0.0.1:1", "https://127.0.0.1:2"))
                .hasMessage("endpoints: https://127.0.0.1:2 (expected: all of them http, or all https)");
    }

    @Test
    void aPasswordGoesToOtherMachinesInTlsAlone() {
        assertThat(at(Optional.empty(), Optional.of(LOGIN), "http://127.0.0.1:1")
                        .encrypted())
                .isFalse();
        assertThatThrownBy(() -> at(Optional.empty(), Optional.of(LOGIN), "http://10.0.0.1:1"))
                .hasMessage("endpoints: http://10.0.0.1:1 (expected: https://HOST:PORT where a password goes there)");
    }

    @Test
    void certificatesWantTls() {
        assertThatThrownBy(() -> at(Optional.of(Path.of("ca.pem")), Optional.empty(), "http://127.0.0.1:1"))
                .isInstanceOf(InvalidValueException.class);
    }

    @Test
    void aPasswordIsNotShown() {
        assertThat(at(Optional.empty(), Optional.of(LOGIN), "https://10.0.0.1:1")
                        .toString())
                .doesNotContain("sesame");
    }

    @Test
    void aModuleThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> StoreModule.find("stone"))
                .isExactlyInstanceOf(StoreException.class)
                .hasMessageStartingWith("store: stone (expected: the folder stone with the jars of store-stone");
    }

    private static SharedStore at(Optional<Path> authority, Optional<Login> login, String... endpoints) {
        return new SharedStore(
                List.of(endpoints).stream().map(URI::create).toList(),
                "/signalbox/",
                authority,
                Optional.empty(),
                login);
    }
}
