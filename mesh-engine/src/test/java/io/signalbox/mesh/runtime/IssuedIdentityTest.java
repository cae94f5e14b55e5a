package io.signalbox.mesh.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.mesh.client.AuthorityInfo;
import io.signalbox.mesh.client.CertificateInfo;
import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.client.RunningMeshes;
import io.signalbox.mesh.client.TokenInfo;
import io.signalbox.mesh.client.TokenRequest;
import io.signalbox.mesh.client.TokenScope;
import io.signalbox.mesh.client.attach.IdentityReport;
import io.signalbox.mesh.client.attach.SidecarStatus;
import io.signalbox.mesh.client.remote.RemoteMesh;
import io.signalbox.mesh.config.AccessToken;
import io.signalbox.mesh.config.PrivateFile;
import io.signalbox.mesh.config.SidecarFormat;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.ServiceInstance;
import io.signalbox.mesh.model.status.InstanceStatus;
import io.signalbox.mesh.tls.HostTls;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attached sidecars whose identity the control plane signs, over real sockets. */
final class IssuedIdentityTest {

    private static final ChangeNote NOTE = new ChangeNote("mira", "to see");
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofSeconds(3);

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Queue<String> said = new ConcurrentLinkedQueue<>();
    private Shop shop;

    @BeforeEach
    void open() throws IOException {
        shop = new Shop();
    }

    @AfterEach
    void close() {
        shop.close();
        http.close();
    }

    @Test
    void aTokenForOneUseIsAllItTakesToServeAndCallOverMutualTls() throws IOException {
        try (StandaloneControlPlane plane = start(Duration.ofHours(1));
                MeshConnection mesh = connect(plane)) {
            join(mesh, "catalog");
            join(mesh, "storefront");
            try (LocalSidecars _ = sidecar(plane.uri(), "catalog", served());
                    LocalSidecars calling = sidecar(plane.uri(), "storefront", "")) {
                await().atMost(SOON).until(() -> status(calling) == 200);

                assertThat(mesh.snapshot().mesh()).isEqualTo("issued");
                assertThat(Files.getPosixFilePermissions(kept("catalog")))
                        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
                assertThat(mesh.trust().certificates(10))
                        .extracting(CertificateInfo::instance)
                        .containsExactlyInAnyOrder("catalog-1", "storefront-1");
                await().atMost(SOON)
                        .until(() -> mesh.sidecars().stream()
                                .map(SidecarStatus::identity)
                                .allMatch(Objects::nonNull));
                assertThat(metrics(calling))
                        .contains("signalbox_certificate_not_after_seconds{service=\"storefront\"}");
            }
        }
    }

    @Test
    void otherMachinesReachItAtTheAddressThatItsFileNamesOverMutualTlsAlone() throws Exception {
        String address = addressForOthers();
        try (StandaloneControlPlane plane = start(Duration.ofHours(1));
                MeshConnection mesh = connect(plane)) {
            join(mesh, "catalog");
            join(mesh, "storefront");
            try (LocalSidecars serving =
                            sidecar(plane.uri(), "catalog", served() + "inbound: { host: \"" + address + "\" }\n");
                    LocalSidecars calling = sidecar(plane.uri(), "storefront", "")) {
                await().atMost(SOON).until(() -> status(calling) == 200);

                int port = serving.sidecars().getFirst().inboundPort().orElseThrow();
                ServiceInstance told = mesh.snapshot().services().stream()
                        .flatMap(service -> service.versions().stream())
                        .flatMap(version -> version.instances().stream())
                        .map(InstanceStatus::instance)
                        .filter(instance -> instance.serviceName().equals("catalog"))
                        .findFirst()
                        .orElseThrow();
                assertThat(told.host()).isEqualTo(address);
                assertThat(told.metadata()).doesNotContainKey("health_url");
                assertThatThrownBy(() -> get(address, port, "/tea")).hasRootCauseInstanceOf(IOException.class);
                assertThatThrownBy(() -> get("127.0.0.1", port, "/tea")).hasCauseInstanceOf(ConnectException.class);
                assertThatThrownBy(
                                () -> get(address, serving.sidecars().getFirst().adminPort(), "/ready"))
                        .hasCauseInstanceOf(ConnectException.class);
            }
        }
    }

    @Test
    void anAddressThatThisMachineDoesNotHaveIsNamedWithItsPlace() throws IOException {
        try (StandaloneControlPlane plane = start(Duration.ofHours(1));
                MeshConnection mesh = connect(plane)) {
            join(mesh, "catalog");

            assertThatThrownBy(() ->
                            sidecar(plane.uri(), "catalog", served() + "inbound: { host: 203.0.113.9, port: 18443 }\n"))
                    .hasMessage(folder.resolve("sidecar.yaml") + ": line 8, column 18: inbound.host: 203.0.113.9"
                            + " (expected: an address of this machine)");
        }
    }

    @Test
    void itStartsAgainWithoutTokenAndControlPlaneWhileItsCertificateIsGood() throws IOException {
        URI away;
        try (StandaloneControlPlane plane = start(Duration.ofHours(1));
                MeshConnection mesh = connect(plane)) {
            away = plane.uri();
            join(mesh, "catalog");
            join(mesh, "storefront");
            try (LocalSidecars _ = sidecar(away, "catalog", served());
                    LocalSidecars calling = sidecar(away, "storefront", "")) {
                await().atMost(SOON).until(() -> status(calling) == 200);
                await().atMost(SOON)
                        .until(() -> Files.readString(folder.resolve("state").resolve("storefront.storefront-1.json"))
                                .contains("catalog-1"));
            }
        }
        Files.delete(token("storefront"));

        try (LocalSidecars again = sidecar(away, "storefront", "")) {
            assertThat(again.sidecars().getFirst().spec().identity()).isNotNull();
        }
    }

    @Test
    void withoutACertificateAndWithoutWhatItTakesToGetOneNothingStartsAndItSaysWhy() throws IOException {
        URI gone;
        try (StandaloneControlPlane plane = start(Duration.ofHours(1));
                MeshConnection mesh = connect(plane)) {
            gone = plane.uri();
            join(mesh, "catalog");
            sidecar(gone, "catalog", served()).close();
            Files.delete(kept("catalog"));

            assertThatThrownBy(() -> sidecar(gone, "catalog", served()))
                    .isInstanceOf(MeshException.class)
                    .hasMessageContaining("identity: catalog-1 has no certificate")
                    .hasMessageContaining("was used, and was good once")
                    .hasMessageContaining("signalbox token create");
        }
        assertThatThrownBy(() -> sidecar(gone, "catalog", served()))
                .isInstanceOf(MeshException.class)
                .hasMessageContaining("does not answer");
    }

    @Test
    void certificatesAreRenewedWhileRequestsGoOnAndNoneFails() throws IOException {
        try (StandaloneControlPlane plane = start(SHORT);
                MeshConnection mesh = connect(plane)) {
            join(mesh, "catalog");
            join(mesh, "storefront");
            try (LocalSidecars serving = sidecar(plane.uri(), "catalog", served());
                    LocalSidecars calling = sidecar(plane.uri(), "storefront", "")) {
                await().atMost(SOON).until(() -> status(calling) == 200);
                Instant first = notAfter(serving);

                await().atMost(SOON).until(() -> {
                    assertThat(status(calling)).isEqualTo(200);
                    return notAfter(serving).isAfter(first.plus(SHORT.multipliedBy(2)))
                            && notAfter(calling).isAfter(first.plus(SHORT.multipliedBy(2)));
                });

                assertThat(said).noneMatch(line -> line.startsWith("trouble"));
                assertThat(metrics(calling))
                        .contains("signalbox_certificate_renewals_total{result=\"ok\",service=\"storefront\"}");
            }
        }
    }

    @Test
    void aRenewalThatFailsIsToldAndTriedUntilItSucceeds() throws IOException {
        StandaloneControlPlane first = start(SHORT);
        int port = first.uri().getPort();
        try (MeshConnection mesh = connect(first)) {
            join(mesh, "catalog");
        }
        try (LocalSidecars serving = sidecar(first.uri(), "catalog", served())) {
            Instant before = notAfter(serving);
            first.close();
            await().atMost(SOON)
                    .until(() -> said.stream().anyMatch(line -> line.contains("certificate is not renewed: ")));
            try (StandaloneControlPlane second = start(port, SHORT);
                    MeshConnection mesh = connect(second)) {
                await().atMost(SOON)
                        .until(() -> notAfter(serving).isAfter(before)
                                || said.stream().anyMatch(line -> line.contains("certificate ended at")));
                if (!notAfter(serving).isAfter(before)) {
                    // A slow machine was too late: a new token where the first one was is enough.
                    join(mesh, "catalog");
                }
                await().atMost(SOON).until(() -> notAfter(serving).isAfter(before));
            }
        }
    }

    @Test
    void theRootIsRolledWhileRequestsGoOnAndNoneFails() throws IOException {
        try (StandaloneControlPlane plane = start(SHORT);
                MeshConnection mesh = connect(plane)) {
            join(mesh, "catalog");
            join(mesh, "storefront");
            try (LocalSidecars _ = sidecar(plane.uri(), "catalog", served());
                    LocalSidecars calling = sidecar(plane.uri(), "storefront", "")) {
                await().atMost(SOON).until(() -> status(calling) == 200);
                String old = mesh.trust().authority().roots().getFirst().fingerprint();

                mesh.trust().rollAuthority(Duration.ZERO, NOTE);
                await().atMost(SOON).until(() -> {
                    assertThat(status(calling)).isEqualTo(200);
                    return phase(plane) == AuthorityInfo.Phase.STEADY;
                });

                await().atMost(SOON).until(() -> {
                    assertThat(status(calling)).isEqualTo(200);
                    return report(plane).roots().size() == 1;
                });
                assertThat(report(plane).roots()).doesNotContain(old);
                assertThat(said).noneMatch(line -> line.startsWith("trouble"));
            }
        }
    }

    @Test
    void aRevokedServiceIsToldAndRefusedByOthersAtOnce() throws IOException {
        try (StandaloneControlPlane plane = start(Duration.ofHours(1));
                MeshConnection mesh = connect(plane)) {
            join(mesh, "catalog");
            join(mesh, "storefront");
            try (LocalSidecars _ = sidecar(plane.uri(), "catalog", served());
                    LocalSidecars calling = sidecar(plane.uri(), "storefront", "")) {
                await().atMost(SOON).until(() -> mesh.sidecars().size() == 2);
                mesh.putPolicy("""
                    apiVersion: signalbox.io/v1
                    kind: TrafficPolicy
                    service: catalog
                    circuitBreaker: { openDuration: 100ms }
                    """, NOTE);

                mesh.trust().revokeIdentity("storefront", NOTE);
                await().atMost(SOON)
                        .until(() ->
                                said.stream().anyMatch(line -> line.contains("the identity of storefront is revoked")));
                await().atMost(SOON)
                        .until(() -> Files.readString(kept("catalog")).contains("[\"storefront\"]"));
                await().atMost(SOON)
                        .untilAsserted(() -> assertThat(status(calling)).isIn(502, 503));

                mesh.trust().restoreIdentity("storefront", NOTE);
                await().atMost(SOON).until(() -> status(calling) == 200);
            }
        }
    }

    @Test
    void inPlainTextTheTokenOfASidecarRenewsToo() throws IOException {
        try (StandaloneControlPlane plane = start(new Listen("127.0.0.1", 0, List.of(), Optional.empty()), SHORT);
                MeshConnection mesh =
                        new RemoteMesh(plane.uri(), AccessToken.read(plane.tokenFile()), new SplittableRandom(1))) {
            TokenRequest many = new TokenRequest(
                    Optional.empty(), TokenScope.parse("sidecar:catalog"), Duration.ofHours(1), TokenInfo.Uses.MANY);
            PrivateFile.write(
                    token("catalog"), mesh.trust().createToken(many, NOTE).token());
            try (LocalSidecars serving = sidecar(plane.uri(), "catalog", served())) {
                Instant first = notAfter(serving);

                await().atMost(SOON).until(() -> notAfter(serving).isAfter(first));
            }
        }
    }

    private StandaloneControlPlane start(Duration lifetime) {
        return start(0, lifetime);
    }

    private StandaloneControlPlane start(int port, Duration lifetime) {
        return start(new Listen("127.0.0.1", port, List.of(), Optional.of(new Listen.OwnAuthority())), lifetime);
    }

    private StandaloneControlPlane start(Listen listen, Duration lifetime) {
        return StandaloneControlPlane.start(
                new ControlPlaneOptions("issued", listen, folder.resolve("data"), ControlPlaneOptions.LEASE, lifetime),
                new RunningMeshes(folder.resolve("run")));
    }

    /** As it stands now: the root may have been rolled since the last call. */
    private static MeshConnection connect(StandaloneControlPlane plane) throws IOException {
        return new RemoteMesh(
                plane.uri(),
                AccessToken.read(plane.tokenFile()),
                new SplittableRandom(1),
                Optional.of(HostTls.client(plane.ca().orElseThrow())));
    }

    private static AuthorityInfo.Phase phase(StandaloneControlPlane plane) throws IOException {
        try (MeshConnection mesh = connect(plane)) {
            return mesh.trust().authority().phase();
        }
    }

    private static IdentityReport report(StandaloneControlPlane plane) throws IOException {
        try (MeshConnection mesh = connect(plane)) {
            return Objects.requireNonNull(mesh.sidecars().getFirst().identity());
        }
    }

    private void join(MeshConnection mesh, String service) {
        TokenRequest once = new TokenRequest(
                Optional.empty(), TokenScope.parse("sidecar:" + service), Duration.ofMinutes(10), TokenInfo.Uses.ONCE);
        PrivateFile.write(token(service), mesh.trust().createToken(once, NOTE).token());
    }

    private Path token(String service) {
        return folder.resolve(service + ".token");
    }

    private Path kept(String service) {
        return folder.resolve("state").resolve(service + "." + service + "-1.identity.json");
    }

    private String served() {
        return "app: { port: " + shop.port() + " }\n";
    }

    private LocalSidecars sidecar(URI controlPlane, String service, String more) {
        String ca = "https".equals(controlPlane.getScheme()) ? ", caFile: data/ca.pem" : "";
        String text = "apiVersion: signalbox.io/v1\nkind: Sidecar\nservice: " + service
                + "\nlimits: { drain: 100ms }\ncontrolPlane: { url: \"" + controlPlane + "\", tokenFile: "
                + service + ".token" + ca + " }\nidentity: { from: controlPlane }\n" + more;
        return LocalSidecars.start(
                List.of(SidecarFormat.read(
                        text,
                        folder.resolve("sidecar.yaml"),
                        InstantSource.system().instant())),
                folder.resolve("state"),
                new AttachmentListener() {
                    @Override
                    public void trouble(String instance, String what) {
                        said.add("trouble " + instance + ": " + what);
                    }
                });
    }

    private static Instant notAfter(LocalSidecars sidecars) {
        return sidecars.sidecars().getFirst().identity().orElseThrow().notAfter();
    }

    private int status(LocalSidecars calling) {
        return get(calling.sidecars().getFirst().outboundPort(), "/tea").statusCode();
    }

    private String metrics(LocalSidecars of) {
        return get(of.sidecars().getFirst().adminPort(), "/metrics").body();
    }

    private static String addressForOthers() throws SocketException {
        Optional<String> address = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(each -> each instanceof Inet4Address && !each.isLoopbackAddress())
                .map(InetAddress::getHostAddress)
                .findFirst();
        assumeThat(address).as("an IPv4 address of this machine off loopback").isPresent();
        return address.orElseThrow();
    }

    private HttpResponse<String> get(int port, String path) {
        return get("127.0.0.1", port, path);
    }

    private HttpResponse<String> get(String host, int port, String path) {
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://" + host + ":" + port + path))
                            .header("X-Target-Service", "catalog")
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
