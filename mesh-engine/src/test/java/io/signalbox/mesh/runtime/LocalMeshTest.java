package io.signalbox.mesh.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.PolicyChange;
import io.signalbox.mesh.client.RunningMesh;
import io.signalbox.mesh.client.RunningMeshes;
import io.signalbox.mesh.client.remote.RemoteMesh;
import io.signalbox.mesh.config.AccessToken;
import io.signalbox.mesh.event.MeshEvent;
import io.signalbox.mesh.event.RecordedEvent;
import io.signalbox.mesh.model.BreakerCommand;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.EdgeId;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.ServiceInstance;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.model.status.Security;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalMeshTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final ChangeNote MIRA = new ChangeNote("mira", "lunch");
    private static final EdgeId EDGE = new EdgeId("shoppers", "catalog");

    @TempDir
    private Path folder;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Shop shop;

    LocalMeshTest() throws IOException {
        shop = new Shop();
    }

    private RunningMeshes meshes = new RunningMeshes(Path.of("unset"));

    @BeforeEach
    void useAFolderOfItsOwn() {
        meshes = new RunningMeshes(folder.resolve("signalbox"));
    }

    @AfterEach
    void close() {
        client.close();
        shop.close();
    }

    @Test
    void aCallBetweenMembersTravelsByMutualTls() throws Exception {
        try (Mesh mesh = start(0)) {
            mesh.join(MemberSpec.service("catalog", "v1", "catalog-1", shop.port()));
            MeshMember shoppers = mesh.join(MemberSpec.client("shoppers", "shoppers-1", "catalog"));

            HttpResponse<String> answer = get(shoppers.outbound().resolve("/items"));

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("welcome");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(mesh.connection().snapshot().edges())
                            .anySatisfy(edge -> {
                                assertThat(edge.id()).isEqualTo(EDGE);
                                assertThat(edge.security()).isEqualTo(Security.MTLS);
                                assertThat(edge.stats().totalRequests()).isEqualTo(1);
                            }));
        }
    }

    @Test
    void aConnectionBetweenMembersTravelsByMutualTlsAndIsDrawn() throws Exception {
        try (Mesh mesh = start(0);
                ServerSocket stock = new ServerSocket(0, 16, InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(() -> greetEach(stock));
            mesh.join(MemberSpec.service("stock", "v1", "stock-1", stock.getLocalPort())
                    .speaking(Protocol.TCP));
            MeshMember shoppers = mesh.join(
                    MemberSpec.client("shoppers", "shoppers-1", "stock").calling("stock"));

            InetSocketAddress address = shoppers.tcpAddress("stock");
            try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
                socket.shutdownOutput();
                assertThat(socket.getInputStream().readAllBytes()).asString().isEqualTo("welcome");
            }

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(mesh.connection().snapshot().edges())
                            .singleElement()
                            .satisfies(edge -> {
                                assertThat(edge.protocol()).isEqualTo(Protocol.TCP);
                                assertThat(edge.security()).isEqualTo(Security.MTLS);
                                assertThat(edge.stats().totalRequests()).isEqualTo(1);
                                assertThat(edge.stats().totalFailures()).isZero();
                                assertThat(edge.inFlight()).isZero();
                            }));
            assertThat(instances(mesh).getFirst().protocol()).isEqualTo(Protocol.TCP);
            assertThatThrownBy(() -> shoppers.tcpAddress("ledger"))
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessage("service: ledger (expected: one of [stock], called over TCP)");
        }
    }

    private static void greetEach(ServerSocket stock) {
        while (!stock.isClosed()) {
            try (Socket caller = stock.accept()) {
                caller.getOutputStream().write("welcome".getBytes(StandardCharsets.UTF_8));
                caller.shutdownOutput();
                caller.getInputStream().readAllBytes();
            } catch (IOException e) {
                // A probe that left at once, or the end of the test.
            }
        }
    }

    @Test
    void joiningIssuesAnIdentityAndRegisters() {
        try (LocalMesh mesh = start(0)) {
            MeshMember catalog = mesh.join(MemberSpec.service("catalog", "v2", "catalog-1", shop.port()));

            ServiceInstance instance = instances(mesh).getFirst();
            assertThat(instance.instanceId()).isEqualTo(catalog.instanceId());
            assertThat(instance.version()).isEqualTo("v2");
            assertThat(instance.spiffeId())
                    .hasValueSatisfying(id -> assertThat(id)
                            .startsWith("spiffe://test-mesh.signalbox/")
                            .contains("catalog"));
            assertThat(mesh.events().after(0, 100).stream().map(RecordedEvent::event))
                    .anyMatch(MeshEvent.CertificateIssued.class::isInstance)
                    .anyMatch(MeshEvent.InstanceRegistered.class::isInstance);
        }
    }

    @Test
    void aMemberThatClosesIsDeregisteredAndItsPortsAreClosed() {
        try (Mesh mesh = start(0)) {
            MeshMember catalog = mesh.join(MemberSpec.service("catalog", "v1", "catalog-1", shop.port()));
            int inbound = instances(mesh).getFirst().port();

            catalog.close();
            catalog.close();

            assertThat(instances(mesh)).isEmpty();
            List<Integer> ports = List.of(
                    inbound, catalog.outbound().getPort(), catalog.admin().getPort());
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(ports).noneMatch(LocalMeshTest::listens));
        }
    }

    @Test
    void anInstanceThatComesBackIsCountedOnceInTheMetrics() throws Exception {
        try (Mesh mesh = start(0)) {
            MeshMember shoppers = mesh.join(MemberSpec.client("shoppers", "shoppers-1", "catalog"));
            for (int life = 0; life < 2; life++) {
                MeshMember catalog = mesh.join(MemberSpec.service("catalog", "v1", "catalog-1", shop.port()));
                assertThat(get(shoppers.outbound().resolve("/items")).statusCode())
                        .isEqualTo(200);
                if (life == 0) {
                    catalog.close();
                }
            }

            List<String> series = get(mesh.controlPlane().resolve("/metrics"))
                    .body()
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.substring(0, line.lastIndexOf(' ')))
                    .toList();
            assertThat(series).doesNotHaveDuplicates().anyMatch(line -> line.contains("signalbox_requests_total"));
        }
    }

    @Test
    void heartbeatsKeepTheLeaseOfAMember() {
        try (Mesh mesh = start(0)) {
            mesh.join(MemberSpec.service("catalog", "v1", "catalog-1", shop.port()));

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(instances(mesh))
                            .singleElement()
                            .satisfies(instance ->
                                    assertThat(instance.lastHeartbeat()).isAfter(instance.registeredAt())));
        }
    }

    @Test
    void probesNeedNoTokenAndEverythingElseDoes() throws Exception {
        try (Mesh mesh = start(0)) {
            MeshMember catalog = mesh.join(MemberSpec.service("catalog", "v1", "catalog-1", shop.port()));

            HttpResponse<String> health = get(mesh.controlPlane().resolve("/health"));
            assertThat(health.statusCode()).isEqualTo(200);
            assertThat(health.body()).isEqualTo("{\"status\":\"healthy\",\"service\":\"control-plane\"}");
            assertThat(get(mesh.controlPlane().resolve("/metrics")).statusCode())
                    .isEqualTo(200);
            assertThat(get(mesh.controlPlane().resolve("/api/v1/snapshot")).statusCode())
                    .isEqualTo(401);
            assertThat(get(catalog.admin().resolve("/health")).body())
                    .isEqualTo("{\"status\":\"healthy\",\"service\":\"catalog\"}");
        }
    }

    @Test
    void aCircuitIsHeldOpenAndClosedByItsEdgeFromInsideAndOutside() throws Exception {
        try (Mesh mesh = start(0);
                MeshConnection inside = mesh.connection();
                MeshConnection outside = remote(mesh)) {
            mesh.join(MemberSpec.service("catalog", "v1", "catalog-1", shop.port()));
            URI items = mesh.join(MemberSpec.client("shoppers", "shoppers-1", "catalog"))
                    .outbound()
                    .resolve("/items");
            assertThat(get(items).statusCode()).isEqualTo(200);

            assertThat(inside.commandBreaker("shoppers->catalog", BreakerCommand.OPEN, MIRA))
                    .isEqualTo(1);
            HttpResponse<String> refused = get(items);
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("x-signalbox-cause")).contains("breaker-open");

            assertThat(outside.commandBreaker("shoppers-1:catalog-1", BreakerCommand.CLOSE, MIRA))
                    .isEqualTo(1);
            assertThat(get(items).statusCode()).isEqualTo(200);

            assertThat(outside.commandBreaker("shoppers:catalog", BreakerCommand.OPEN, MIRA))
                    .isEqualTo(1);
            assertThat(get(items).statusCode()).isEqualTo(503);
            assertThat(inside.commandBreaker("shoppers:catalog", BreakerCommand.RESET, MIRA))
                    .isEqualTo(1);
            assertThat(get(items).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void historyAndUndoAreTheSameFromInsideAndOutside() {
        try (Mesh mesh = start(0);
                MeshConnection inside = mesh.connection();
                MeshConnection outside = remote(mesh)) {
            mesh.join(MemberSpec.service("catalog", "v1", "catalog-1", shop.port()));
            assertThat(outside.history("catalog")).isEmpty();
            outside.putPolicy(policy("2s"), MIRA);
            inside.putPolicy(policy("3s"), MIRA);

            assertThat(outside.history("catalog")).isEqualTo(inside.history("catalog"));
            assertThat(outside.history("catalog"))
                    .extracting(PolicyChange::revision, PolicyChange::change, PolicyChange::by, PolicyChange::reason)
                    .containsExactly(
                            tuple(2L, PolicyChange.Change.PUT, "mira", "lunch"),
                            tuple(1L, PolicyChange.Change.PUT, "mira", "lunch"));

            MeshConnection.PolicyText undone = outside.undo("catalog", MIRA);

            assertThat(undone.revision()).isEqualTo(3);
            assertThat(undone.yaml()).contains("timeout: 2s");
            assertThat(inside.policy("catalog")).isEqualTo(undone);
            assertThat(inside.undo("catalog", MIRA).revision()).isEqualTo(4);
            assertThat(outside.history("catalog").getFirst().change()).isEqualTo(PolicyChange.Change.CLEARED);
            assertThat(PolicyChange.anyToUndo(outside.history("catalog"))).isFalse();
            assertThat(PolicyChange.anyToUndo(outside.history("catalog").subList(1, 4)))
                    .isTrue();
        }
    }

    @Test
    void undoingTheOnlyPolicyOfAServiceThatNobodyRegisteredWorksFromOutside() {
        try (Mesh mesh = start(0);
                MeshConnection outside = remote(mesh)) {
            outside.putPolicy(policy("2s"), MIRA);

            assertThat(outside.undo("catalog", MIRA).yaml()).contains("timeout: 15s");
        }
    }

    @Test
    void commandsFindTheMeshByTheFileItLeaves() {
        try (Mesh mesh = start(0)) {
            assertThat(meshes.running())
                    .containsExactly(new RunningMesh(
                            "test-mesh",
                            mesh.controlPlane(),
                            mesh.tokenFile(),
                            ProcessHandle.current().pid()));
            try (MeshConnection outside = remote(mesh)) {
                assertThat(outside.snapshot()).extracting(MeshSnapshot::mesh).isEqualTo("test-mesh");
            }
        }
    }

    @Test
    void closingLeavesNoFileNoPortAndNoThreadThatHoldsTheProcess() {
        Set<Thread> before = threads();
        Mesh mesh = start(0);
        mesh.join(MemberSpec.service("catalog", "v1", "catalog-1", shop.port()));
        MeshMember shoppers = mesh.join(MemberSpec.client("shoppers", "shoppers-1", "catalog"));
        List<Integer> ports = List.of(
                mesh.controlPlane().getPort(),
                instances(mesh).getFirst().port(),
                shoppers.outbound().getPort(),
                shoppers.admin().getPort());
        assertThat(ports).allMatch(LocalMeshTest::listens);

        mesh.close();
        mesh.close();

        await().pollInSameThread()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ports).noneMatch(LocalMeshTest::listens));
        assertThat(meshes.folder()).isEmptyDirectory();
        await().pollInSameThread()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(threads()).isSubsetOf(before));
    }

    @Test
    void aPortThatIsTakenIsNamedAndNothingIsLeft() throws IOException {
        Set<Thread> before = threads();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> start(taken.getLocalPort()))
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessage("control-port: " + taken.getLocalPort()
                            + " (expected: a free port; another program listens there)");
        }
        assertThat(meshes.folder()).doesNotExist();
        await().pollInSameThread()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(threads()).isSubsetOf(before));
    }

    @Test
    void aFolderThatCannotBeWrittenLeavesNoPortOpen() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        int port = freePort();

        assertThatThrownBy(() ->
                        LocalMesh.start(new MeshOptions("test-mesh", port), new RunningMeshes(file.resolve("no"))))
                .isInstanceOf(UncheckedIOException.class);

        assertThat(listens(port)).isFalse();
    }

    private LocalMesh start(int port) {
        return LocalMesh.start(new MeshOptions("test-mesh", port), meshes);
    }

    private static MeshConnection remote(Mesh mesh) {
        return new RemoteMesh(mesh.controlPlane(), AccessToken.read(mesh.tokenFile()), new SplittableRandom(1));
    }

    private HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static List<ServiceInstance> instances(Mesh mesh) {
        return mesh.connection().snapshot().services().stream()
                .flatMap(service -> service.versions().stream())
                .flatMap(version -> version.instances().stream())
                .map(status -> status.instance())
                .toList();
    }

    private static String policy(String timeout) {
        return """
            apiVersion: signalbox.io/v1
            kind: TrafficPolicy
            service: catalog
            timeout: %s
            """.formatted(timeout);
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.isDaemon())
                .collect(Collectors.toSet());
    }
}
