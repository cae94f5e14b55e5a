package io.signalbox.mesh.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.mesh.store.StoreException;
import io.signalbox.mesh.time.ManualTime;
import io.signalbox.mesh.tls.MeshCertificateAuthority;
import io.signalbox.mesh.tls.ServiceIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorityFilesTest {

    private final ManualTime time = new ManualTime();

    @TempDir
    private Path folder;

    @Test
    void theAuthorityIsMadeOnceAndItsKeyIsForItsOwnerAlone() throws IOException {
        MeshCertificateAuthority first = open("shop.signalbox");
        ServiceIdentity cart = first.issue("cart", "cart-1");

        MeshCertificateAuthority second = open("renamed.signalbox");

        assertThat(second.root()).isEqualTo(first.root());
        assertThat(second.trustDomain()).isEqualTo("shop.signalbox");
        assertThat(second.issue("cart", "cart-1").trust()).isEqualTo(cart.trust());
        assertThat(Files.getPosixFilePermissions(folder.resolve("ca-key.pem")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(folder.resolve("ca.pem")).hasContent(first.rootPem());
        assertThat(Files.readString(folder.resolve("ca.pem"))).doesNotContain("PRIVATE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "garbage", "ca.pem", "another's root"})
    void aDamagedOneIsRefusedAndLeftAsItIs(String what) throws IOException {
        MeshCertificateAuthority first = open("shop.signalbox");
        String root = Files.readString(folder.resolve("ca.pem"));
        MeshCertificateAuthority other = MeshCertificateAuthority.toKeep("shop.signalbox", time, new SecureRandom());
        String damaged = switch (what) {
            case "ca.pem" -> root;
            case "another's root" -> first.toPem().replace(first.rootPem(), other.rootPem());
            default -> what;
        };
        Files.writeString(folder.resolve("ca-key.pem"), damaged);

        assertThatThrownBy(() -> open("shop.signalbox"))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("ca-key.pem");
        assertThat(folder.resolve("ca-key.pem")).hasContent(damaged);
    }

    @Test
    void rootsThatAreThereAlreadyNeedNoRoom() throws IOException {
        AuthorityFiles files = AuthorityFiles.open(folder, "shop.signalbox", time, new SecureRandom());
        FileTime longAgo = FileTime.from(Instant.parse("2020-02-02T02:02:02Z"));
        files.publish("roots");
        Files.setLastModifiedTime(folder.resolve("ca.pem"), longAgo);

        files.publish("roots");
        assertThat(Files.getLastModifiedTime(folder.resolve("ca.pem"))).isEqualTo(longAgo);

        files.publish("other roots");
        assertThat(folder.resolve("ca.pem")).hasContent("other roots");
    }

    @Test
    void theNextKeyIsKeptBesideTheFirstAndTakesItsPlaceForGood() throws IOException {
        AuthorityFiles files = AuthorityFiles.open(folder, "shop.signalbox", time, new SecureRandom());
        MeshCertificateAuthority first = files.current();
        MeshCertificateAuthority next = files.makeNext().authority();
        assertThat(Files.getPosixFilePermissions(folder.resolve("ca-next-key.pem")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));

        AuthorityFiles second = AuthorityFiles.open(folder, "shop.signalbox", time, new SecureRandom());
        assertThat(second.current().fingerprint()).isEqualTo(first.fingerprint());
        assertThat(second.next().orElseThrow().fingerprint()).isEqualTo(next.fingerprint());
        second.promote();

        AuthorityFiles third = AuthorityFiles.open(folder, "shop.signalbox", time, new SecureRandom());
        assertThat(third.current().fingerprint()).isEqualTo(next.fingerprint());
        assertThat(third.next()).isEmpty();
    }

    private MeshCertificateAuthority open(String trustDomain) {
        AuthorityFiles files = AuthorityFiles.open(folder, trustDomain, time, new SecureRandom());
        files.publish(files.current().rootPem());
        return files.current();
    }
}
