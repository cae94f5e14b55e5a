package io.signalbox.mesh.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sidecars' files that name several control planes. */
final class SeveralAddressesTest {

    @TempDir
    private Path folder;

    @Test
    void theyAreTriedInTheOrderInWhichTheyStand() throws IOException {
        assertThat(Objects.requireNonNull(read("[ \"http://a.test:1\", \"http://b.test:2\" ]")
                                .controlPlane())
                        .urls())
                .containsExactly(URI.create("http://a.test:1"), URI.create("http://b.test:2"));
    }

    @Test
    void theyAreAllInTlsOrNone() {
        assertThatThrownBy(() -> read("[ \"http://a.test:1\", \"https://b.test:2\" ]"))
                .hasMessageContaining(
                        "controlPlane.url[1]: https://b.test:2 (expected: all of them http, or all https)");
    }

    @Test
    void noneIsTooFew() {
        assertThatThrownBy(() -> read("[]")).hasMessageContaining("controlPlane.url: missing (expected: required)");
    }

    private SidecarDocument read(String urls) throws IOException {
        Files.writeString(folder.resolve("token"), "0123456789abcdef");
        return SidecarFormat.read(
                "apiVersion: signalbox.io/v1\nkind: Sidecar\nservice: storefront\ncontrolPlane: { url: " + urls
                        + ", tokenFile: token }\n",
                folder.resolve("sidecar.yaml"),
                Instant.EPOCH);
    }
}
