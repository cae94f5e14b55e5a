package io.signalbox.mesh.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.store.SharedStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class StoreOptionsTest {

    @TempDir
    private Path folder;

    @Test
    void withoutOptionsThereIsAFile() {
        assertThat(read()).isEmpty();
    }

    @Test
    void allThatAnEtcdWantsIsRead() throws IOException {
        Path password = Files.writeString(folder.resolve("password"), "sesame\n");
        Path pem = Files.writeString(folder.resolve("some.pem"), "");

        SharedStore shared = read(
                        "--store=etcd",
                        "--etcd-endpoints=https://a:2379,https://b:2379",
                        "--etcd-ca=" + pem,
                        "--etcd-cert=" + pem,
                        "--etcd-key=" + pem,
                        "--etcd-user=mesh",
                        "--etcd-password-file=" + password)
                .orElseThrow();

        assertThat(shared.endpoints()).containsExactly(URI.create("https://a:2379"), URI.create("https://b:2379"));
        assertThat(shared.prefix()).isEqualTo("/signalbox/corner-shop/");
        assertThat(shared.authority()).contains(pem);
        assertThat(shared.certificate()).contains(new SharedStore.Certificate(pem, pem));
        assertThat(shared.login()).contains(new SharedStore.Login("mesh", "sesame"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        --store=stone                                                      | store: stone (expected: file or etcd)
        --store=etcd                                                       | etcd-endpoints: none (expected: URL, or several
        --etcd-endpoints=http://a:2379                                     | store: file (expected: etcd where options of etcd
        --store=etcd --etcd-endpoints=https://a:2379 --etcd-cert=x         | etcd-key: none (expected: FILE, the key
        --store=etcd --etcd-endpoints=https://a:2379 --etcd-key=x          | etcd-cert: none (expected: FILE, the certificate
        --store=etcd --etcd-endpoints=https://a:2379 --etcd-user=x         | etcd-password-file: none (expected: FILE, the
        --store=etcd --etcd-endpoints=https://a:2379 --etcd-cert=x --etcd-key=x | file: x (expected: a file that can be read)
        """)
    void whatDoesNotFitIsNamed(String line, String message) {
        assertThatThrownBy(() -> read(line.split(" ")))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageStartingWith(message);
    }

    private static Optional<SharedStore> read(String... options) {
        return CommandLine.populateCommand(new StoreOptions(), options).read("corner-shop");
    }
}
