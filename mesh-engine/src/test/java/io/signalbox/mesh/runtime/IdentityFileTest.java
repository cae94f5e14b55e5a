package io.signalbox.mesh.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.time.ManualTime;
import io.signalbox.mesh.tls.MeshCertificateAuthority;
import io.signalbox.mesh.tls.ServiceIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityFileTest {

    private final ManualTime time = new ManualTime();
    private final MeshCertificateAuthority authority =
            new MeshCertificateAuthority("shop.signalbox", time, new SecureRandom());
    private final MeshCertificateAuthority next =
            new MeshCertificateAuthority("shop.signalbox", time, new SecureRandom());

    @TempDir
    private Path folder;

    @Test
    void whatIsKeptIsReadAgainWhole() {
        ServiceIdentity cart = authority.issue("cart", "cart-1").believing(List.of(authority.root(), next.root()));
        IdentityFile.Kept kept = new IdentityFile.Kept(cart, time.instant(), 7, Set.of("stock"));

        file("cart").write(kept);

        assertThat(file("cart").read()).contains(kept);
        assertThat(kept.toString()).doesNotContain("PRIVATE");
    }

    @Test
    void nothingIsKeptAtFirst() {
        assertThat(file("cart").read()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "garbage", "{\"format\":2}", "{\"format\":1}", "{\"format\":1,\"certificate\":\"\"}"})
    void whatIsNoWholeFileOfThisFormatIsRefused(String text) throws IOException {
        Files.writeString(file("cart").file(), text);

        assertThatThrownBy(() -> file("cart").read())
                .isInstanceOf(InvalidValueException.class)
                .hasMessageStartingWith("state: ");
    }

    @Test
    void anotherServicesIdentityIsRefused() throws IOException {
        file("cart").write(new IdentityFile.Kept(authority.issue("cart", "cart-1"), time.instant(), 0, Set.of()));
        Files.move(file("cart").file(), file("stock").file());

        assertThatThrownBy(() -> file("stock").read()).hasMessageContaining("(expected: that of stock)");
    }

    private IdentityFile file(String service) {
        return new IdentityFile(folder, service, service + ":1");
    }
}
