package io.signalbox.console.profiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.mesh.client.Fingerprint;
import io.signalbox.mesh.client.remote.ServerTrust;
import io.signalbox.mesh.model.InvalidValueException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileFileTest {

    private static final ConnectionProfile TEST = profile("shop-test", Environment.TEST);

    @TempDir
    private Path folder;

    @Test
    void whatWasPutIsReadAgainInItsOrderAndPlace() {
        ConnectionProfile prod = new ConnectionProfile(
                "shop-eu1",
                URI.create("https://mesh.shop.example:9090"),
                Environment.PROD,
                new ServerTrust.Known(new Fingerprint("AB".repeat(32))),
                new SecretPlace.Keyring());
        file().put(TEST);
        file().put(prod);
        ConnectionProfile changed = TEST.withTrust(new ServerTrust.Authorities(Path.of("/etc/ca.pem")));
        file().put(changed);
        assertThat(file().read()).containsExactly(changed, prod);
        assertThat(file().remove("shop-test")).containsExactly(prod);
        assertThat(file().find("shop-eu1")).contains(prod);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"version\": 2, \"profiles\": []}",
                "{\"version\": 1}",
                "{\"version\": 1, \"profiles\": [{\"name\": \"a\"}]}",
                "{\"version\": 1, \"profiles\": [{\"name\": \"a\", \"address\": \"http://mesh.example:1\","
                        + " \"environment\": \"DEV\", \"secret\": \"keyring\"}]}"
            })
    void aFileThatCannotBeUnderstoodIsRefusedAndKept(String text) throws IOException {
        Path path = folder.resolve("connections.json");
        Files.writeString(path, text);
        assertThatThrownBy(() -> file().read())
                .isInstanceOf(InvalidValueException.class)
                .hasMessageStartingWith(path.toString());
        assertThatThrownBy(() -> file().put(TEST)).isInstanceOf(InvalidValueException.class);
        assertThat(path).hasContent(text);
    }

    @Test
    void severalAddressesAreReadAgainInTheirOrder() {
        ConnectionProfile replicated = new ConnectionProfile(
                "shop-eu1",
                ConnectionProfile.addresses("https://b.example:9090, https://a.example:9090,https://c.example:9090"),
                Environment.PROD,
                new ServerTrust.JavaRoots(),
                new SecretPlace.Keyring());
        file().put(replicated);

        assertThat(file().read()).containsExactly(replicated);
        assertThat(replicated.written())
                .isEqualTo("https://b.example:9090, https://a.example:9090, https://c.example:9090");
    }

    @Test
    void aFileOfOneAddressEachIsReadAsItWasWritten() throws IOException {
        Files.writeString(folder.resolve("connections.json"), """
            {"version": 1, "profiles": [{"name": "shop", "address": "https://mesh.example:9090",
             "environment": "test", "secret": "keyring"}]}
            """);

        assertThat(file().read()).extracting(ConnectionProfile::written).containsExactly("https://mesh.example:9090");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        'https://a:1,https://a:1',             each of them once
        'https://a:1,http://127.0.0.1:1',      'https, as the first one'
        'https://a:1,http://a:2',              https
        'https://a:1,',                        'https://mesh.example:9090'
        """)
    void whatCannotBeSeveralAddressesIsRefused(String text, String expected) {
        assertThatThrownBy(() -> new ConnectionProfile(
                        "shop",
                        ConnectionProfile.addresses(text),
                        Environment.DEV,
                        new ServerTrust.JavaRoots(),
                        new SecretPlace.Keyring()))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("(expected: ")
                .hasMessageContaining(expected);
    }

    @Test
    void noSecretIsWrittenAndNobodyElseMayRead() throws IOException {
        file().put(TEST);
        assertThat(Files.getPosixFilePermissions(folder.resolve("connections.json")))
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://a:1", "https://", "mesh.example:9090", "https://a:1/path", "https://me@a:1", "a b"})
    void anAddressIsAWholeOne(String text) {
        assertThatThrownBy(() -> ConnectionProfile.address(text))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("https://mesh.example:9090");
    }

    @Test
    void theFileStandsInTheConfigurationFolder() {
        assertThat(ProfileFile.defaultFile(Map.of("XDG_CONFIG_HOME", "/c"), Path.of("/h")))
                .isEqualTo(Path.of("/c/signalbox/connections.json"));
        assertThat(ProfileFile.defaultFile(Map.of(), Path.of("/h")))
                .isEqualTo(Path.of("/h/.config/signalbox/connections.json"));
    }

    private ProfileFile file() {
        return new ProfileFile(folder.resolve("connections.json"));
    }

    private static ConnectionProfile profile(String name, Environment environment) {
        return new ConnectionProfile(
                name,
                URI.create("https://mesh.test.shop.example:9090"),
                environment,
                new ServerTrust.JavaRoots(),
                new SecretPlace.TokenFile(Path.of("/tokens/test")));
    }
}
