package io.signalbox.mesh.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.mesh.cli.RunningMeshAccess;
import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.client.RunningMeshes;
import io.signalbox.mesh.client.SignedCertificate;
import io.signalbox.mesh.client.TokenInfo;
import io.signalbox.mesh.client.TokenRequest;
import io.signalbox.mesh.client.TokenScope;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.tls.Csr;
import io.signalbox.mesh.tls.HostTls;
import io.signalbox.mesh.tls.MeshCertificateAuthority;
import io.signalbox.mesh.tls.MeshTls;
import io.signalbox.mesh.tls.ServiceIdentity;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A control plane in TLS, with a certificate of its own authority, as others see it. */
final class ControlPlaneInTlsTest {

    private static final ChangeNote NOTE = new ChangeNote("mira", "");

    @TempDir
    private Path folder;

    private StandaloneControlPlane plane;

    @BeforeEach
    void start() {
        plane = StandaloneControlPlane.start(
                options(new Listen("127.0.0.1", 0, List.of("Mesh.Test"), Optional.of(new Listen.OwnAuthority()))),
                meshes());
    }

    @AfterEach
    void stop() {
        plane.close();
    }

    @Test
    void commandsReachItByItsRootAndItsToken() {
        try (MeshConnection mesh = access().open(
                        Optional.of(localhost()),
                        Optional.of(plane.tokenFile()),
                        Optional.of(plane.ca().orElseThrow()))) {
            assertThat(mesh.snapshot().mesh()).isEqualTo("kept");
        }
    }

    @Test
    void withoutItsRootItIsNotBelieved() {
        try (MeshConnection mesh =
                access().open(Optional.of(localhost()), Optional.of(plane.tokenFile()), Optional.empty())) {
            assertThatThrownBy(mesh::snapshot)
                    .isInstanceOf(MeshException.class)
                    .hasMessageContaining("unable to find valid certification path");
        }
    }

    @Test
    void commandsOnItsMachineFindItWithItsRoot() {
        assertThat(plane.uri()).hasScheme("https").hasHost("mesh.test");
        assertThat(meshes().running().getFirst().ca()).isEqualTo(plane.ca());
    }

    @Test
    void aTokenDoesNotTravelInPlainText() {
        assertThatThrownBy(() -> access().open(
                                Optional.of(URI.create("http://mesh.test:9090")),
                                Optional.of(plane.tokenFile()),
                                Optional.empty()))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("connect: http://mesh.test:9090 (expected: https");
        assertThatThrownBy(() -> new Listen("192.0.2.1", 9090, List.of(), Optional.empty()))
                .isInstanceOf(InvalidValueException.class);
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void bothVersionsOfHttpAreSpoken(HttpClient.Version version) throws Exception {
        if (version != HttpClient.Version.HTTP_1_1 && version != HttpClient.Version.HTTP_2) {
            return; // spoken over TCP are these two
        }
        try (HttpClient client = HttpClient.newBuilder()
                .version(version)
                .sslContext(HostTls.client(plane.ca().orElseThrow()))
                .build()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(localhost().resolve("/api/v1/services"))
                            .header(
                                    "Authorization",
                                    "Bearer "
                                            + Files.readString(plane.tokenFile())
                                                    .strip())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.version()).isEqualTo(version);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
        "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
        "TLSv1.2, TLS_DHE_RSA_WITH_AES_128_GCM_SHA256"
    })
    void weakSuitesAreRefused(String protocol, String suite) throws Exception {
        try (SSLSocket socket = socket()) {
            socket.setEnabledProtocols(new String[] {protocol});
            socket.setEnabledCipherSuites(new String[] {suite});
            assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
        }
    }

    @Test
    void strongSuitesOfTls12AreSpoken() throws Exception {
        try (SSLSocket socket = socket()) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            socket.startHandshake();
            assertThat(socket.getSession().getCipherSuite()).contains("_GCM_");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "mesh.test:PORT, 200",
        "localhost:PORT, 200",
        "evil.example:PORT, 421",
        "mesh.test, 421",
        "mesh.test.evil.example:PORT, 421"
    })
    void onlyItsNamesAreServed(String host, int status) throws Exception {
        try (SSLSocket socket = socket()) {
            String request = "GET /health HTTP/1.1\r\nHost: " + host.replace("PORT", Integer.toString(port()))
                    + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 " + status + " ");
        }
    }

    @Test
    void aSidecarJoinsByATokenForOnceAndRenewsByItsCertificateUntilTheTokenIsRevoked() throws Exception {
        String once = createToken("join", "sidecar:cart");
        ServiceIdentity first;
        try (HttpClient stranger = client(HostTls.client(plane.ca().orElseThrow()))) {
            Csr csr = Csr.of("CN=cart");
            first = identity(send(stranger, "/api/v1/identities/sign", csr(csr), once), csr);
            assertThat(send(stranger, "/api/v1/identities/sign", csr(Csr.of("")), once)
                            .statusCode())
                    .isEqualTo(401);
        }
        MeshTls member = new MeshTls(first, InstantSource.system());
        try (HttpClient client = client(HostTls.client(member))) {
            assertThat(send(client, "/api/v1/services/register", instance("cart"), "")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(send(client, "/api/v1/services/register", instance("payment"), "")
                            .statusCode())
                    .isEqualTo(403);
            assertThat(send(client, "/api/v1/tokens", "{\"scope\":\"admin\",\"lifetime\":\"1h\"}", "")
                            .statusCode())
                    .isEqualTo(403);
            Csr next = Csr.of("");
            ServiceIdentity second = identity(send(client, "/api/v1/identities/sign", csr(next), ""), next);
            member.renew(second);
            assertThat(second.id()).isEqualTo(first.id());
            assertThat(second.chain()).isNotEqualTo(first.chain());
        }
        try (MeshConnection mesh = connect()) {
            assertThat(mesh.trust().certificates(10))
                    .hasSize(2)
                    .allMatch(all -> all.origin().equals("join"));
            mesh.trust().revokeToken("join", NOTE);
        }
        try (HttpClient client = client(HostTls.client(member))) {
            HttpResponse<String> answer = send(client, "/api/v1/identities/sign", csr(Csr.of("")), "");
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.body()).contains("a token that is not revoked");
        }
    }

    /** The answer is there before the body; over HTTP/2 that must not look like a connection that broke. */
    @Test
    void whoIsRefusedBeforeItsBodyIsReadLearnsWhy() throws Exception {
        String body = "{\"csr\":\"" + "x".repeat(50_000) + "\"}";
        try (HttpClient stranger = client(HostTls.client(plane.ca().orElseThrow()))) {
            for (int i = 0; i < 100; i++) {
                HttpResponse<String> answer = send(stranger, "/api/v1/identities/sign", body, "nobody-s");
                assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
                assertThat(answer.statusCode()).isEqualTo(401);
            }
        }
    }

    @Test
    void aCertificateOfAnotherMeshEndsTheHandshake() {
        MeshCertificateAuthority other =
                new MeshCertificateAuthority("kept.signalbox", InstantSource.system(), new SecureRandom());
        ServiceIdentity stranger = other.issue("cart", "cart-1");

        assertThatThrownBy(() -> {
                    try (HttpClient client = client(Insistent.context(stranger))) {
                        send(client, "/api/v1/services/register", instance("cart"), "");
                    }
                })
                .isInstanceOf(IOException.class);
    }

    @Test
    void filesOfAnotherAuthorityServeAsWell() throws Exception {
        plane.close();
        MeshCertificateAuthority company =
                new MeshCertificateAuthority("company.example", InstantSource.system(), new SecureRandom());
        Path root = Files.writeString(folder.resolve("company.pem"), company.rootPem());
        ServiceIdentity any = company.issue("cart", "cart-1");
        Path certificate = Files.writeString(folder.resolve("c.pem"), any.certificatePem());
        Path key = Files.writeString(folder.resolve("k.pem"), any.keyPem());
        plane = StandaloneControlPlane.start(
                options(new Listen("127.0.0.1", 0, List.of(), Optional.of(new Listen.Files(certificate, key)))),
                meshes());

        assertThat(plane.ca()).isEmpty();
        try (SSLSocket socket =
                (SSLSocket) HostTls.client(root).getSocketFactory().createSocket("127.0.0.1", port())) {
            socket.startHandshake();
            assertThat(socket.getSession().getPeerCertificates()[0])
                    .isEqualTo(any.chain().getFirst());
        }
    }

    @Test
    void aKeyOfAnotherCertificateIsRefusedAtTheStart() throws Exception {
        MeshCertificateAuthority company =
                new MeshCertificateAuthority("company.example", InstantSource.system(), new SecureRandom());
        Path certificate = Files.writeString(
                folder.resolve("c.pem"), company.issue("a", "a-1").certificatePem());
        Path key = Files.writeString(
                folder.resolve("k.pem"), company.issue("a", "a-1").keyPem());
        Listen listen = new Listen("127.0.0.1", 0, List.of(), Optional.of(new Listen.Files(certificate, key)));

        assertThatThrownBy(() -> StandaloneControlPlane.start(
                        new ControlPlaneOptions(
                                "two", listen, folder.resolve("two"), ControlPlaneOptions.LEASE, Duration.ofHours(1)),
                        meshes()))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("the key of the certificate");
    }

    private String createToken(String name, String scope) {
        try (MeshConnection mesh = connect()) {
            TokenRequest request = new TokenRequest(
                    Optional.of(name), TokenScope.parse(scope), Duration.ofMinutes(10), TokenInfo.Uses.ONCE);
            return mesh.trust().createToken(request, NOTE).token();
        }
    }

    private MeshConnection connect() {
        return access().open(Optional.of(localhost()), Optional.of(plane.tokenFile()), plane.ca());
    }

    private static String csr(Csr csr) {
        return Json.text(Map.of("csr", csr.pem()));
    }

    private static String instance(String service) {
        return "{\"service_name\":\"" + service + "\",\"host\":\"127.0.0.1\",\"port\":9}";
    }

    private static ServiceIdentity identity(HttpResponse<String> answer, Csr csr) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        SignedCertificate signed = Json.read(answer.body(), SignedCertificate.class);
        String key = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(csr.keys().getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
        return ServiceIdentity.fromPem(signed.certificate(), key, signed.trustBundle());
    }

    private static HttpClient client(SSLContext tls) {
        return HttpClient.newBuilder().sslContext(tls).build();
    }

    private HttpResponse<String> send(HttpClient client, String path, String json, String token)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(localhost().resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private SSLSocket socket() throws IOException {
        return (SSLSocket)
                HostTls.client(plane.ca().orElseThrow()).getSocketFactory().createSocket("127.0.0.1", port());
    }

    private URI localhost() {
        return URI.create("https://localhost:" + port());
    }

    private int port() {
        return plane.uri().getPort();
    }

    private RunningMeshAccess access() {
        return new RunningMeshAccess(meshes(), new SplittableRandom(1));
    }

    private RunningMeshes meshes() {
        return new RunningMeshes(folder.resolve("run"));
    }

    private ControlPlaneOptions options(Listen listen) {
        return new ControlPlaneOptions(
                "kept", listen, folder.resolve("data"), ControlPlaneOptions.LEASE, Duration.ofHours(1));
    }
}
