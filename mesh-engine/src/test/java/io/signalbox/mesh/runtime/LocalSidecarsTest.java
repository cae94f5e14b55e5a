package io.signalbox.mesh.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.signalbox.mesh.config.SidecarDocument;
import io.signalbox.mesh.config.SidecarFormat;
import io.signalbox.mesh.proxy.Sidecar;
import io.signalbox.mesh.tls.MeshCertificateAuthority;
import io.signalbox.mesh.tls.ServiceIdentity;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sidecars from files, on real sockets, before a catalog that says who called it. */
final class LocalSidecarsTest {

    /** For connections that their client keeps open when the sidecars close. */
    private static final String IMPATIENT = "limits: { drain: 100ms }\n";

    private static final InstantSource CLOCK = InstantSource.system();

    @TempDir
    private Path folder;

    private final MeshCertificateAuthority authority =
            new MeshCertificateAuthority("corner-shop.signalbox", CLOCK, new SecureRandom());
    private final HttpClient http = HttpClient.newHttpClient();
    private final HttpServer catalog;

    LocalSidecarsTest() throws IOException {
        catalog = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        catalog.createContext("/", exchange -> {
            try (exchange) {
                String caller = Optional.ofNullable(exchange.getRequestHeaders().getFirst("x-signalbox-source"))
                        .orElse("someone");
                byte[] body = ("tea for " + caller).getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
    }

    @BeforeEach
    void open() {
        catalog.start();
    }

    @AfterEach
    void close() {
        catalog.stop(0);
        http.close();
    }

    @Test
    void twoSidecarsTalkInPlainText() throws Exception {
        try (LocalSidecars serving = LocalSidecars.start(List.of(catalogSidecar("")));
                LocalSidecars calling = LocalSidecars.start(List.of(storefront(inbound(serving), "", "")))) {
            assertThat(call(calling.sidecars().getFirst(), "catalog").body()).isEqualTo("tea for someone");
        }
    }

    @Test
    void twoSidecarsTalkOverMutualTls() throws Exception {
        SidecarDocument server = catalogSidecar(identity("catalog"));
        try (LocalSidecars serving = LocalSidecars.start(List.of(server));
                LocalSidecars calling = LocalSidecars.start(
                        List.of(storefront(inbound(serving), identity("storefront"), expecting("catalog"))))) {
            assertThat(call(calling.sidecars().getFirst(), "catalog").body()).isEqualTo("tea for storefront");
        }
    }

    @Test
    void whoIsNotExpectedIsNotCalled() throws Exception {
        SidecarDocument server = catalogSidecar(identity("catalog"));
        try (LocalSidecars serving = LocalSidecars.start(List.of(server));
                LocalSidecars calling = LocalSidecars.start(
                        List.of(storefront(inbound(serving), identity("storefront"), expecting("payment"))))) {
            HttpResponse<String> answer = call(calling.sidecars().getFirst(), "catalog");

            assertThat(answer.statusCode()).isEqualTo(502);
            assertThat(answer.headers().firstValue("x-signalbox-cause")).contains("identity-mismatch");
        }
    }

    @Test
    void allOfThemServeInOneProcess() throws Exception {
        SidecarDocument first = document("first.yaml", head("first") + catalogAt(catalogPort(), ""));
        SidecarDocument second = document("second.yaml", head("second") + catalogAt(catalogPort(), ""));

        try (LocalSidecars running = LocalSidecars.start(List.of(first, second))) {
            for (Sidecar sidecar : running.sidecars()) {
                assertThat(call(sidecar, "catalog").body()).isEqualTo("tea for someone");
            }
        }
    }

    @Test
    void aTakenPortIsNamedWithItsPlaceAndLeavesNothingOpen() throws Exception {
        try (LocalSidecars one = LocalSidecars.start(List.of(document("one.yaml", head("one"))))) {
            int taken = one.sidecars().getFirst().adminPort();
            SidecarDocument two = document("two.yaml", head("two") + "outbound: { port: " + taken + " }\n");
            assertThatThrownBy(() -> LocalSidecars.start(List.of(two)))
                    .hasMessage(folder.resolve("two.yaml") + ": line 4, column 19: outbound.port: " + taken
                            + " (expected: a free port)");
        }
    }

    @Test
    void twoSidecarsCarryTcpOverMutualTls() throws Exception {
        SidecarDocument server = document(
                "catalog.yaml",
                head("catalog") + IMPATIENT + "app: { port: " + catalogPort() + ", protocol: tcp }\n"
                        + identity("catalog"));
        try (LocalSidecars serving = LocalSidecars.start(List.of(server));
                LocalSidecars calling = LocalSidecars.start(List.of(document(
                        "storefront.yaml",
                        head("storefront") + IMPATIENT + identity("storefront")
                                + "outbound: { tcp: { catalog: 0 } }\n"
                                + catalogAt(inbound(serving), ", protocol: tcp" + expecting("catalog")))))) {
            int port = Objects.requireNonNull(
                    calling.sidecars().getFirst().tcpPorts().get("catalog"));

            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/tea"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());

            assertThat(answer.body()).isEqualTo("tea for someone");
        }
    }

    @Test
    void aTakenTcpPortIsNamedWithItsPlace() throws Exception {
        try (LocalSidecars one = LocalSidecars.start(List.of(document("one.yaml", head("one"))))) {
            int taken = one.sidecars().getFirst().adminPort();
            SidecarDocument two = document(
                    "two.yaml", head("two") + "services: { a: [] }\noutbound: { tcp: { a: " + taken + " } }\n");
            assertThatThrownBy(() -> LocalSidecars.start(List.of(two)))
                    .hasMessage(folder.resolve("two.yaml") + ": line 5, column 23: outbound.tcp.a: " + taken
                            + " (expected: a free port)");
        }
    }

    @Test
    void closingClosesEveryListener() throws Exception {
        LocalSidecars running = LocalSidecars.start(List.of(document("one.yaml", head("one"))));
        Sidecar sidecar = running.sidecars().getFirst();

        running.close();

        assertThatThrownBy(() -> call(sidecar, "catalog")).isInstanceOf(ConnectException.class);
    }

    private SidecarDocument catalogSidecar(String identity) throws IOException {
        return document("catalog.yaml", head("catalog") + "app: { port: " + catalogPort() + " }\n" + identity);
    }

    private SidecarDocument storefront(int port, String identity, String expecting) throws IOException {
        return document("storefront.yaml", head("storefront") + identity + catalogAt(port, expecting));
    }

    private SidecarDocument document(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        return SidecarFormat.read(text, file, CLOCK.instant());
    }

    private String identity(String service) throws IOException {
        ServiceIdentity identity = authority.issue(service, service + "-1");
        Files.writeString(folder.resolve(service + ".pem"), identity.certificatePem());
        Files.writeString(folder.resolve(service + "-key.pem"), identity.keyPem());
        Files.writeString(folder.resolve("root.pem"), identity.rootPem());
        return identityOf(service);
    }

    private static String identityOf(String service) {
        return "identity: { certificate: %1$s.pem, key: %1$s-key.pem, trust: root.pem }%n".formatted(service);
    }

    private static String head(String service) {
        return "apiVersion: signalbox.io/v1\nkind: Sidecar\nservice: " + service + "\n";
    }

    private static String catalogAt(int port, String more) {
        return "services: { catalog: [ { port: " + port + more + " } ] }\n";
    }

    private static String expecting(String service) {
        return ", spiffeId: \"spiffe://corner-shop.signalbox/service/" + service + "\"";
    }

    private int catalogPort() {
        return catalog.getAddress().getPort();
    }

    private static int inbound(LocalSidecars serving) {
        return serving.sidecars().getFirst().inboundPort().orElseThrow();
    }

    private HttpResponse<String> call(Sidecar through, String service) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + through.outboundPort() + "/tea"))
                        .header("X-Target-Service", service)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
