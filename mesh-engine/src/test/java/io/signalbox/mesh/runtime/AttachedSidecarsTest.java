package io.signalbox.mesh.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.RunningMeshes;
import io.signalbox.mesh.client.attach.SidecarStatus;
import io.signalbox.mesh.client.remote.RemoteMesh;
import io.signalbox.mesh.config.AccessToken;
import io.signalbox.mesh.config.SidecarDocument;
import io.signalbox.mesh.config.SidecarFormat;
import io.signalbox.mesh.model.BreakerCommand;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.proxy.Sidecar;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sidecars that take all they know from a control plane on another socket, which comes and goes. */
final class AttachedSidecarsTest {

    private static final ChangeNote NOTE = new ChangeNote("mira", "to see");
    private static final Duration SOON = Duration.ofSeconds(15);

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Queue<String> said = new ConcurrentLinkedQueue<>();
    private final HttpServer catalog;

    AttachedSidecarsTest() throws IOException {
        catalog = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        catalog.createContext("/", exchange -> {
            try (exchange) {
                byte[] body = "tea".getBytes(StandardCharsets.UTF_8);
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
    void theyRegisterAndFindEachOther() throws IOException {
        try (StandaloneControlPlane plane = start(0);
                MeshConnection mesh = connect(plane);
                LocalSidecars serving = sidecars(plane.uri(), served());
                LocalSidecars calling = sidecars(plane.uri(), caller())) {
            await().atMost(SOON).until(() -> status(calling) == 200);

            assertThat(serving.sidecars().getFirst().config().services()).containsKey("catalog");
            await().atMost(SOON)
                    .until(() -> mesh.sidecars().size() == 2
                            && mesh.sidecars().stream().allMatch(AttachedSidecarsTest::runsTheNewest));
            assertThat(mesh.sidecars())
                    .extracting(SidecarStatus::instance)
                    .containsExactly("catalog-1", "storefront-1");
        }
    }

    @Test
    void aPolicyHoldsInThemWhenItWasWritten() throws IOException {
        try (StandaloneControlPlane plane = start(0);
                MeshConnection mesh = connect(plane);
                LocalSidecars _ = sidecars(plane.uri(), served());
                LocalSidecars calling = sidecars(plane.uri(), caller())) {
            await().atMost(SOON).until(() -> status(calling) == 200);

            mesh.putPolicy(head("TrafficPolicy") + "service: catalog\ntimeout: 3s\n", NOTE);

            await().atMost(SOON).until(() -> timeout(calling).equals(Duration.ofSeconds(3)));
        }
    }

    @Test
    void theyGoOnWhileTheControlPlaneIsAwayAndRegisterWhenItIsBack() throws IOException {
        int port;
        StandaloneControlPlane first = start(0);
        port = first.uri().getPort();
        try (LocalSidecars _ = sidecars(first.uri(), served());
                LocalSidecars calling = sidecars(first.uri(), caller())) {
            await().atMost(SOON).until(() -> status(calling) == 200);
            first.close();
            await().atMost(SOON).until(() -> said.stream().anyMatch(line -> line.startsWith("away storefront-1")));
            assertThat(status(calling)).isEqualTo(200);

            try (StandaloneControlPlane second = start(port);
                    MeshConnection mesh = connect(second)) {
                await().atMost(SOON).until(() -> {
                    assertThat(status(calling)).isEqualTo(200);
                    return mesh.sidecars().size() == 2
                            && mesh.snapshot().services().stream()
                                    .anyMatch(service -> service.name().equals("catalog")
                                            && !service.versions().isEmpty());
                });
            }
        }
    }

    @Test
    void aSidecarStartsFromWhatItLastRanWhileTheControlPlaneIsAway() throws IOException {
        URI away;
        try (LocalSidecars serving = plainCatalog()) {
            try (StandaloneControlPlane plane = start(0);
                    LocalSidecars calling = sidecars(plane.uri(), caller())) {
                away = plane.uri();
                register(plane, serving.sidecars().getFirst());
                await().atMost(SOON).until(() -> status(calling) == 200);
                await().atMost(SOON).until(() -> Files.readString(kept()).contains("catalog-1"));
            }
            assertThat(Files.getPosixFilePermissions(kept())).isEqualTo(PosixFilePermissions.fromString("rw-------"));

            try (LocalSidecars again = sidecars(away, caller())) {
                assertThat(said).anyMatch(line -> line.startsWith("begins storefront-1 with what it ran at "));
                assertThat(status(again)).isEqualTo(200);
            }
        }
    }

    @Test
    void itsPortsOpenWhenItKnowsTheMesh() throws IOException {
        try (StandaloneControlPlane plane = start(0);
                LocalSidecars _ = sidecars(plane.uri(), served())) {
            try (MeshConnection mesh = connect(plane)) {
                await().atMost(SOON)
                        .until(() -> mesh.snapshot().services().stream()
                                .anyMatch(service -> service.name().equals("catalog")
                                        && service.versions().stream()
                                                .anyMatch(version ->
                                                        !version.instances().isEmpty())));
            }
            try (LocalSidecars calling = sidecars(plane.uri(), caller())) {
                assertThat(calling.sidecars().getFirst().config().services()).containsKey("catalog");
                assertThat(said).anyMatch(line -> line.startsWith("begins storefront-1 with revision "));
            }
        }
    }

    @Test
    void oneThatKnowsNothingSaysSoAndIsNotReady() throws IOException {
        try (LocalSidecars calling = sidecars(URI.create("http://127.0.0.1:1"), caller())) {
            assertThat(said).anyMatch(line -> line.startsWith("begins storefront-1 knowing no service"));
            assertThat(calling.sidecars().getFirst().config().revision()).isZero();
        }
    }

    @Test
    void oneThatIsRefusedSaysWhy() throws IOException {
        try (StandaloneControlPlane plane = start(0)) {
            Path other = folder.resolve("other-token");
            AccessToken.generate(new SplittableRandom(3)).write(other);
            try (LocalSidecars _ = LocalSidecars.start(
                    List.of(read(head("Sidecar") + "controlPlane: { url: \"" + plane.uri() + "\", tokenFile: \"" + other
                            + "\" }\n" + caller())),
                    folder.resolve("state"),
                    listener())) {
                assertThat(said)
                        .filteredOn(line -> line.startsWith("begins storefront-1 knowing no service: "))
                        .singleElement()
                        .asString()
                        .contains("nothing comes from the control plane (")
                        .doesNotContain("does not answer");
            }
        }
    }

    @Test
    void manyThatWaitForAControlPlaneThatIsAwayWaitAtTheSameTime() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            List<SidecarDocument> documents = new ArrayList<>();
            Path token = folder.resolve("token");
            AccessToken.generate(new SplittableRandom(3)).write(token);
            for (int i = 0; i < 12; i++) {
                documents.add(read(head("Sidecar")
                        + "limits: { drain: 100ms }\ncontrolPlane: { url: \"http://127.0.0.1:" + silent.getLocalPort()
                        + "\", tokenFile: \"" + token + "\" }\nservice: caller-" + i + "\n"));
            }
            long begin = System.nanoTime();
            try (LocalSidecars all = LocalSidecars.start(documents, folder.resolve("state"), listener())) {
                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
                assertThat(all.sidecars().stream().map(sidecar -> sidecar.spec().service()))
                        .containsExactlyElementsOf(IntStream.range(0, 12)
                                .mapToObj(i -> "caller-" + i)
                                .toList());
            }
        }
    }

    @Test
    void aListenerThatFailsDoesNotCutOffTheControlPlane() throws IOException {
        try (StandaloneControlPlane plane = start(0);
                MeshConnection mesh = connect(plane);
                LocalSidecars _ = sidecars(plane.uri(), served());
                LocalSidecars calling = LocalSidecars.start(
                        List.of(read(head("Sidecar") + "limits: { drain: 100ms }\ncontrolPlane: { url: \"" + plane.uri()
                                + "\", tokenFile: \"" + plane.tokenFile() + "\", state: \"" + aFile() + "\" }\n"
                                + caller())),
                        folder.resolve("state"),
                        new Failing())) {
            await().atMost(SOON).until(() -> status(calling) == 200);

            mesh.putPolicy(head("TrafficPolicy") + "service: catalog\ntimeout: 3s\n", NOTE);

            await().atMost(SOON).until(() -> timeout(calling).equals(Duration.ofSeconds(3)));
            // What is counted between two connections is told to nobody, so there must be more of it.
            await().atMost(SOON)
                    .until(() -> status(calling) == 200
                            && mesh.snapshot().edges().stream()
                                    .anyMatch(edge -> edge.id().toString().equals("storefront->catalog")
                                            && edge.stats().totalRequests() > 0));
        }
    }

    /** In whose place no folder can be made. */
    private Path aFile() throws IOException {
        return Files.writeString(folder.resolve("a-file"), "");
    }

    /** Nobody who may be told anything of an attachment. */
    private static final class Failing implements AttachmentListener {

        private volatile boolean attached;

        @Override
        public void attached(String instance, long revision) {
            attached = true;
            throw new IllegalStateException("attached");
        }

        @Override
        public void trouble(String instance, String what) {
            if (attached) {
                throw new IllegalStateException("trouble");
            }
        }
    }

    @Test
    void whatIsNoFileOfItsOwnIsSaidAndLeftOut() throws IOException {
        Files.createDirectories(kept().getParent());
        Files.writeString(kept(), "{\"format\": 3}");
        try (LocalSidecars _ = sidecars(URI.create("http://127.0.0.1:1"), caller())) {
            assertThat(said).anyMatch(line -> line.contains("format 3 (expected: format 1..2)"));
        }
    }

    @Test
    void theControlPlaneShowsWhatTheyCountAndMovesTheirCircuits() throws IOException {
        try (StandaloneControlPlane plane = start(0);
                MeshConnection mesh = connect(plane);
                LocalSidecars _ = sidecars(plane.uri(), served());
                LocalSidecars calling = sidecars(plane.uri(), caller())) {
            await().atMost(SOON).until(() -> status(calling) == 200);

            await().atMost(SOON)
                    .until(() -> mesh.snapshot().edges().stream()
                            .anyMatch(edge -> edge.id().toString().equals("storefront->catalog")
                                    && edge.stats().totalRequests() > 0));
            assertThat(mesh.commandBreaker("storefront->catalog", BreakerCommand.OPEN, NOTE))
                    .isEqualTo(1);

            await().atMost(SOON).until(() -> status(calling) == 503);
            await().atMost(SOON)
                    .until(() -> mesh.snapshot().breakers().stream()
                            .anyMatch(circuit -> circuit.state() == BreakerState.FORCED_OPEN));
        }
    }

    private static boolean runsTheNewest(SidecarStatus sidecar) {
        return sidecar.revision() == sidecar.newest() && sidecar.refused().isEmpty();
    }

    private static Duration timeout(LocalSidecars calling) {
        ServiceConfig known = calling.sidecars().getFirst().config().services().get("catalog");
        return Objects.requireNonNull(known).policy().timeout();
    }

    private StandaloneControlPlane start(int port) {
        return StandaloneControlPlane.start(
                new ControlPlaneOptions("attached", port, folder.resolve("data"), ControlPlaneOptions.LEASE),
                new RunningMeshes(folder.resolve("run")));
    }

    private static MeshConnection connect(StandaloneControlPlane plane) {
        return new RemoteMesh(plane.uri(), AccessToken.read(plane.tokenFile()), new SplittableRandom(1));
    }

    private String served() {
        return "service: catalog\napp: { port: " + catalog.getAddress().getPort() + " }\n";
    }

    private static String caller() {
        return "service: storefront\n";
    }

    private Path kept() {
        return folder.resolve("state").resolve("storefront.storefront-1.json");
    }

    private static String head(String kind) {
        return "apiVersion: signalbox.io/v1\nkind: " + kind + "\n";
    }

    private LocalSidecars plainCatalog() {
        return LocalSidecars.start(List.of(read(head("Sidecar") + "limits: { drain: 100ms }\n" + served())));
    }

    private void register(StandaloneControlPlane plane, Sidecar sidecar) throws IOException {
        String token = AccessToken.read(plane.tokenFile()).text();
        try {
            http.send(
                    HttpRequest.newBuilder(plane.uri().resolve("/api/v1/services/register"))
                            .header("Authorization", "Bearer " + token)
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(
                                    "{\"service_name\":\"catalog\",\"instance_id\":\"catalog-1\",\"host\":\"127.0.0.1\","
                                        + "\"health\":\"healthy\",\"port\":"
                                            + sidecar.inboundPort().orElseThrow() + "}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private LocalSidecars sidecars(URI controlPlane, String document) throws IOException {
        Path token = folder.resolve("data").resolve("token");
        if (!Files.exists(token)) {
            AccessToken.generate(new SplittableRandom(2)).write(token);
        }
        return LocalSidecars.start(
                List.of(read(head("Sidecar") + "limits: { drain: 100ms }\ncontrolPlane: { url: \"" + controlPlane
                        + "\", tokenFile: \"" + token + "\" }\n" + document)),
                folder.resolve("state"),
                listener());
    }

    private AttachmentListener listener() {
        return new AttachmentListener() {
            @Override
            public void begins(String instance, String what) {
                said.add("begins " + instance + " " + what);
            }

            @Override
            public void away(String instance, String why) {
                said.add("away " + instance + ": " + why);
            }

            @Override
            public void trouble(String instance, String what) {
                said.add("trouble " + instance + ": " + what);
            }
        };
    }

    private SidecarDocument read(String text) {
        return SidecarFormat.read(
                text, folder.resolve("sidecar.yaml"), InstantSource.system().instant());
    }

    private int status(LocalSidecars calling) {
        try {
            return http.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
                                            + calling.sidecars().getFirst().outboundPort() + "/tea"))
                                    .header("X-Target-Service", "catalog")
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .statusCode();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
