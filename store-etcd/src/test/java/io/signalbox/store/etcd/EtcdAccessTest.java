package io.signalbox.store.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etcd.jetcd.Auth;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.signalbox.mesh.store.SharedStore;
import io.signalbox.mesh.store.SharedStore.Certificate;
import io.signalbox.mesh.store.SharedStore.Login;
import io.signalbox.mesh.store.Store;
import io.signalbox.mesh.store.StoreException;
import io.signalbox.mesh.store.StoreUnansweredException;
import io.signalbox.mesh.store.Transaction;
import io.signalbox.mesh.time.Ticker;
import io.signalbox.mesh.tls.HostCertificate;
import io.signalbox.mesh.tls.MeshCertificateAuthority;
import io.signalbox.mesh.tls.ServiceIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An etcd that lets in who shows a certificate and tells a password, over TLS alone. */
final class EtcdAccessTest {

    private static final Login RIGHT = new Login("root", "sesame");

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // before each test
    private EtcdNodes nodes;

    @BeforeEach
    void startLocked() throws Exception {
        MeshCertificateAuthority authority = authority("ca.pem");
        authority("other-ca.pem");
        HostCertificate host = authority.issueHost(List.of("127.0.0.1", "localhost"), Duration.ofHours(1));
        write("host.pem", ServiceIdentity.pem(host.chain().getFirst()));
        write("host-key.pem", pem(host.key().getEncoded()));
        ServiceIdentity client = authority.issue("control-plane", "control-plane-1");
        write("client.pem", client.certificatePem());
        write("client-key.pem", client.keyPem());
        nodes = EtcdNodes.encrypted(
                folder.resolve("etcd"),
                List.of(
                        "--cert-file=" + folder.resolve("host.pem"),
                        "--key-file=" + folder.resolve("host-key.pem"),
                        "--trusted-ca-file=" + folder.resolve("ca.pem"),
                        "--client-cert-auth"));
        open("ca.pem", Optional.of(certificate()), Optional.empty()).close();
        requirePassword();
    }

    @AfterEach
    void stop() {
        if (nodes != null) {
            nodes.close();
        }
    }

    @Test
    void whoeverShowsAndTellsTheRightThingsIsLetIn() {
        try (Store store = open("ca.pem", Optional.of(certificate()), Optional.of(RIGHT))) {
            store.commit(Transaction.EMPTY.put("a", "1"));

            assertThat(store.get("a").orElseThrow().value()).isEqualTo("1");
        }
    }

    @Test
    void aWrongPasswordIsRefusedAtOnce() {
        assertThatThrownBy(() -> open("ca.pem", Optional.of(certificate()), Optional.of(new Login("root", "wrong"))))
                .isExactlyInstanceOf(StoreException.class)
                .hasMessageContaining("authentication failed")
                .hasMessageNotContaining("wrong (");
    }

    @Test
    void whoeverTellsNoPasswordReadsNothing() {
        assertThatThrownBy(() -> open("ca.pem", Optional.of(certificate()), Optional.empty()))
                .isInstanceOf(StoreException.class);
    }

    @Test
    void anEtcdOfAnotherAuthorityIsNotBelieved() {
        assertThatThrownBy(() -> open("other-ca.pem", Optional.of(certificate()), Optional.of(RIGHT)))
                .isInstanceOf(StoreUnansweredException.class);
    }

    @Test
    void whoeverShowsNoCertificateIsNotLetIn() {
        assertThatThrownBy(() -> open("ca.pem", Optional.empty(), Optional.of(RIGHT)))
                .isInstanceOf(StoreUnansweredException.class);
    }

    private Store open(String authority, Optional<Certificate> certificate, Optional<Login> login) {
        return new EtcdModule()
                .open(
                        new SharedStore(
                                nodes.endpoints(),
                                "/signalbox/locked/",
                                Optional.of(folder.resolve(authority)),
                                certificate,
                                login),
                        Ticker.system());
    }

    private Certificate certificate() {
        return new Certificate(folder.resolve("client.pem"), folder.resolve("client-key.pem"));
    }

    private void requirePassword() throws Exception {
        try (Client client = EtcdModule.client(new SharedStore(
                nodes.endpoints(),
                "/signalbox/locked/",
                Optional.of(folder.resolve("ca.pem")),
                Optional.of(certificate()),
                Optional.empty()))) {
            Auth auth = client.getAuthClient();
            ByteSequence root = bytes("root");
            auth.userAdd(root, bytes(RIGHT.password())).get();
            auth.roleAdd(root).get();
            auth.userGrantRole(root, root).get();
            auth.authEnable().get();
        }
    }

    private MeshCertificateAuthority authority(String file) throws IOException {
        MeshCertificateAuthority made =
                new MeshCertificateAuthority("etcd.test", InstantSource.system(), new SecureRandom());
        write(file, made.rootPem());
        return made;
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    private static String pem(byte[] key) {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key) + "\n-----END PRIVATE KEY-----\n";
    }

    private static ByteSequence bytes(String text) {
        return ByteSequence.from(text, StandardCharsets.UTF_8);
    }
}
