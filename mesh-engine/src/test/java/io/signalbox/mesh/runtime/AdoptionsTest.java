package io.signalbox.mesh.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.signalbox.mesh.client.Adopted;
import io.signalbox.mesh.client.Adoption;
import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.client.RunningMeshes;
import io.signalbox.mesh.event.MeshEvent;
import io.signalbox.mesh.event.RecordedEvent;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.Health;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.Switch;
import io.signalbox.mesh.model.status.InstanceStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AdoptionsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final ChangeNote MIRA = new ChangeNote("mira", "try it");

    @TempDir
    private Path folder;

    private final Shop billing;
    private LocalMesh mesh;
    private MeshConnection connection;

    @SuppressWarnings("NullAway.Init") // started before each test
    AdoptionsTest() throws IOException {
        billing = new Shop();
    }

    @BeforeEach
    void start() {
        mesh = LocalMesh.start(new MeshOptions("test-mesh", 0), new RunningMeshes(folder.resolve("signalbox")));
        connection = mesh.connection();
    }

    @AfterEach
    void close() {
        connection.close();
        mesh.close();
        billing.close();
    }

    @Test
    void anApplicationThatRunsAlreadyIsCalledThroughTheMeshAndCallsThroughIt() throws Exception {
        try (Shop web = new Shop()) {
            Adopted called = adopt(billing.port(), "billing");
            Adopted caller = adopt(web.port(), "web");

            assertThat(called.instance()).isEqualTo("billing-1");
            assertThat(connection.adopted()).containsExactly(called, caller);
            assertThat(throughProxy(caller.outbound(), "http://billing/invoices"))
                    .isEqualTo("welcome");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(connection.snapshot().edges())
                            .anySatisfy(edge -> assertThat(edge.id()).hasToString("web->billing")));
            assertThat(mesh.events().after(0, 1_000).stream().map(RecordedEvent::event))
                    .contains(new MeshEvent.AdoptionChanged("billing", "billing-1", billing.port(), Switch.ON, MIRA));
        }
    }

    @Test
    void whoIsReleasedLeavesTheMeshAndGoesOn() throws Exception {
        adopt(billing.port(), "billing");

        connection.release("billing-1", MIRA);

        assertThat(connection.adopted()).isEmpty();
        assertThat(instances("billing")).isEmpty();
        assertThat(get(URI.create("http://127.0.0.1:" + billing.port()))).isEqualTo("welcome");
        assertThat(adopt(billing.port(), "billing").instance()).isEqualTo("billing-1");
    }

    @Test
    void anApplicationThatEndsIsFoundUnhealthy() {
        adopt(billing.port(), "billing");

        billing.close();

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(instances("billing"))
                        .extracting(one -> one.instance().health())
                        .containsExactly(Health.UNHEALTHY));
    }

    @Test
    void eachInstanceOfAServiceGetsANameOfItsOwn() throws Exception {
        try (Shop second = new Shop()) {
            adopt(billing.port(), "billing");

            assertThat(adopt(second.port(), "billing").instance()).isEqualTo("billing-2");
        }
    }

    @Test
    void whatCannotBeAdoptedIsRefusedAndChangesNothing() throws Exception {
        Adopted first = adopt(billing.port(), "billing");
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }

        refused(free, "port: " + free + " (expected: an application that accepts connections on 127.0.0.1)");
        refused(
                billing.port(),
                "port: " + billing.port()
                        + " (expected: a port outside the mesh; there is billing-1, which has a sidecar)");
        refused(
                first.outbound(),
                "port: " + first.outbound()
                        + " (expected: a port outside the mesh; there is the sidecar of billing-1)");
        refused(
                mesh.controlPlane().getPort(),
                "port: " + mesh.controlPlane().getPort()
                        + " (expected: a port outside the mesh; there is the control plane)");
        try (Shop second = new Shop()) {
            assertThatThrownBy(() -> connection.adopt(
                            new Adoption(
                                    second.port(), "ledger", "v1", Optional.of("billing-1"), Protocol.HTTP, Set.of()),
                            MIRA))
                    .isInstanceOf(MeshException.class)
                    .hasMessage("instance: billing-1 (expected: a name that no instance has)");
        }
        assertThatThrownBy(() -> connection.release("ledger-1", MIRA))
                .hasMessage("adopted instance: ledger-1 (expected: one of billing-1)");
        assertThat(connection.adopted()).containsExactly(first);
    }

    private Adopted adopt(int port, String service) {
        return connection.adopt(new Adoption(port, service, "v1", Optional.empty(), Protocol.HTTP, Set.of()), MIRA);
    }

    private void refused(int port, String why) {
        assertThatThrownBy(() -> adopt(port, "other"))
                .isInstanceOf(MeshException.class)
                .hasMessage(why);
    }

    private List<InstanceStatus> instances(String service) {
        return connection.snapshot().services().stream()
                .filter(status -> status.name().equals(service))
                .flatMap(status -> status.versions().stream())
                .flatMap(version -> version.instances().stream())
                .toList();
    }

    private static String throughProxy(int proxy, String url) throws Exception {
        try (HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .proxy(ProxySelector.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy)))
                .build()) {
            return client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    private static String get(URI uri) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }
}
