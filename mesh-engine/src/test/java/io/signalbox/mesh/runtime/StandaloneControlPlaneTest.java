package io.signalbox.mesh.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.client.RunningMesh;
import io.signalbox.mesh.client.RunningMeshes;
import io.signalbox.mesh.client.remote.RemoteMesh;
import io.signalbox.mesh.config.AccessToken;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.store.StoreException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A control plane on its own, with its store in a folder. */
final class StandaloneControlPlaneTest {

    private static final ChangeNote NOTE = new ChangeNote("mira", "to see");
    private static final String CANARY = """
        apiVersion: signalbox.io/v1
        kind: TrafficPolicy
        service: catalog
        canary: {stable: v1, candidate: v2, initialWeight: 10}
        """;

    @TempDir
    private Path folder;

    @Test
    void everythingIsThereAfterAnotherStart() {
        String token;
        try (StandaloneControlPlane plane = start()) {
            token = AccessToken.read(plane.tokenFile()).text();
            try (MeshConnection mesh = connect(plane)) {
                mesh.putPolicy(CANARY, NOTE);
                mesh.putPolicy(CANARY + "timeout: 2s\n", OptionalLong.of(1), NOTE);
            }
        }
        try (StandaloneControlPlane plane = start();
                MeshConnection mesh = connect(plane)) {
            assertThat(AccessToken.read(plane.tokenFile()).text()).isEqualTo(token);
            assertThat(mesh.policy("catalog").revision()).isEqualTo(2);
            assertThat(mesh.history("catalog")).hasSize(2);
            assertThat(mesh.audit(Long.MAX_VALUE, 10)).hasSize(2);
            assertThat(mesh.undo("catalog", NOTE).yaml()).doesNotContain("timeout: 2s");
            assertThatThrownBy(() -> mesh.putPolicy(CANARY, OptionalLong.of(2), NOTE))
                    .isInstanceOfSatisfying(
                            MeshException.class, e -> assertThat(e.kind()).isEqualTo(MeshException.Kind.CONFLICT));
        }
    }

    /** It knows nothing but the reference's registry: its paths, its JSON, and the token. */
    @Test
    void aPlainClientRegistersIsListedAndExpiresWhenItsHeartbeatsStop() throws Exception {
        try (StandaloneControlPlane plane = start(Duration.ofSeconds(2));
                HttpClient http = HttpClient.newHttpClient()) {
            Plain client = new Plain(http, plane);
            HttpResponse<String> registered = client.send("POST", "/api/v1/services/register", """
                {"service_name": "user-service", "instance_id": "user-1", "host": "127.0.0.1", "port": 9,
                 "protocol": "http", "metadata": {"version": "v1"}, "health": "healthy",
                 "registered_at": "2026-01-01T00:00:00Z", "last_heartbeat": "2026-01-01T00:00:00Z"}\
                """);
            assertThat(registered.statusCode()).isEqualTo(200);
            assertThat(client.send("GET", "/api/v1/services/user-service", "").body())
                    .contains("\"instance_id\":\"user-1\"");
            client.send("POST", "/api/v1/services/register", """
                {"service_name": "user-service", "instance_id": "user-2", "host": "127.0.0.1", "port": 10}\
                """);

            await().atMost(Duration.ofSeconds(20)).until(() -> {
                client.send("POST", "/api/v1/services/user-service/heartbeat?instance_id=user-1", "");
                return !client.send("GET", "/api/v1/services/user-service", "")
                        .body()
                        .contains("user-2");
            });

            assertThat(client.send("GET", "/api/v1/services", "").body()).contains("user-1");
            assertThat(client.send("DELETE", "/api/v1/services/user-service", "")
                            .statusCode())
                    .isEqualTo(204);
            assertThat(client.send("GET", "/api/v1/services/user-service", "").statusCode())
                    .isEqualTo(404);
            assertThat(client.send("POST", "/api/v1/services/user-service/heartbeat", "")
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void sharesAreAsTheyWereBeforeAnyInstanceHasComeBack() throws Exception {
        try (StandaloneControlPlane plane = start();
                HttpClient http = HttpClient.newHttpClient();
                MeshConnection mesh = connect(plane)) {
            mesh.putPolicy(CANARY, NOTE);
            new Plain(http, plane).send("POST", "/api/v1/services/register", """
                {"service_name": "catalog", "host": "127.0.0.1", "port": 9, "metadata": {"version": "v2"}}\
                """);
            mesh.setWeights("catalog", Map.of("v2", new Weight(35)), NOTE);
        }
        try (StandaloneControlPlane plane = start();
                MeshConnection mesh = connect(plane)) {
            assertThat(mesh.history("catalog").getFirst().candidateWeight()).isEqualTo(new Weight(35));
            assertThat(mesh.snapshot().splits()).hasSize(1);
        }
    }

    @Test
    void commandsFindItWhileItRunsAndItsTokenStays() throws IOException {
        RunningMesh found;
        try (StandaloneControlPlane plane = start()) {
            found = meshes().running().getFirst();
            assertThat(found.url()).isEqualTo(plane.uri());
            assertThat(found.name()).isEqualTo("kept");
            assertThat(Files.getPosixFilePermissions(found.tokenFile()))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
        assertThat(meshes().running()).isEmpty();
        assertThat(found.tokenFile()).exists();
    }

    @Test
    void aFolderInUseAndAPortInUseAreRefusedAndLeaveNothingOpen() throws IOException {
        try (StandaloneControlPlane _ = start()) {
            assertThatThrownBy(this::start)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("process " + ProcessHandle.current().pid() + " does");
        }
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> StandaloneControlPlane.start(
                            new ControlPlaneOptions(
                                    "kept", taken.getLocalPort(), folder.resolve("data"), ControlPlaneOptions.LEASE),
                            meshes()))
                    .isInstanceOf(InvalidValueException.class);
        }
        start().close();
    }

    private StandaloneControlPlane start() {
        return start(ControlPlaneOptions.LEASE);
    }

    private StandaloneControlPlane start(Duration lease) {
        return StandaloneControlPlane.start(
                new ControlPlaneOptions("kept", 0, folder.resolve("data"), lease), meshes());
    }

    private RunningMeshes meshes() {
        return new RunningMeshes(folder.resolve("run"));
    }

    private static MeshConnection connect(StandaloneControlPlane plane) {
        return new RemoteMesh(plane.uri(), AccessToken.read(plane.tokenFile()), new SplittableRandom(1));
    }

    /** @param http knows no JSON and no mesh */
    private record Plain(HttpClient http, StandaloneControlPlane plane) {

        HttpResponse<String> send(String method, String path, String json) throws IOException, InterruptedException {
            HttpRequest.Builder request = HttpRequest.newBuilder(plane.uri().resolve(path))
                    .header(
                            "Authorization",
                            "Bearer " + Files.readString(plane.tokenFile()).strip())
                    .method(
                            method,
                            json.isEmpty()
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofString(json));
            if (!json.isEmpty()) {
                request.header("Content-Type", "application/json");
            }
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
