package io.signalbox.store.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.signalbox.mesh.client.ControlPlaneInfo;
import io.signalbox.mesh.client.ControlPlaneInfo.Role;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.client.remote.RemoteMesh;
import io.signalbox.mesh.config.AccessToken;
import io.signalbox.mesh.config.SidecarFormat;
import io.signalbox.mesh.controlplane.Replica;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.proxy.Sidecar;
import io.signalbox.mesh.runtime.AttachmentListener;
import io.signalbox.mesh.runtime.LocalSidecars;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Control planes in processes of their own over a real etcd: killed, stopped, cut off. */
final class ReplicasTest {

    /** The lease, the half second in which etcd looks at leases, and a busy machine. */
    private static final Duration TAKEN_OVER = Replica.LEASE.plusSeconds(2);

    private static final ChangeNote NOTE = new ChangeNote("mira", "to see");

    @TempDir
    private Path folder;

    private final List<AutoCloseable> toClose = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // before each test
    private EtcdNodes nodes;

    @BeforeEach
    void startEtcd() throws IOException {
        nodes = EtcdNodes.start(folder.resolve("etcd"), 1);
        toClose.add(nodes);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : toClose.reversed()) {
            one.close();
        }
    }

    @Test
    void aLeaderThatIsKilledIsFollowedWithinItsLeaseAndTheOtherHasAllOfItsMesh() throws Exception {
        ReplicaProcess first = replica("one");
        RemoteMesh one = connect(first);
        await().until(() -> leads(one));
        ReplicaProcess second = replica("two");
        RemoteMesh two = connect(second);
        await().untilAsserted(() -> assertThat(two.controlPlanes())
                .extracting(ControlPlaneInfo::url, ControlPlaneInfo::role)
                .containsExactlyInAnyOrder(tuple(first.uri(), Role.LEADS), tuple(second.uri(), Role.FOLLOWS)));
        one.putPolicy(policy("3s"), OptionalLong.empty(), NOTE);

        first.kill();

        await().atMost(TAKEN_OVER).until(() -> leads(two));
        assertThat(two.policy("catalog").yaml()).contains("3s");
        two.putPolicy(policy("4s"), OptionalLong.of(1), NOTE);
        await().atMost(TAKEN_OVER).until(() -> two.controlPlanes().size() == 1);
    }

    @Test
    void aLeaderThatWasStoppedForLongerThanItsLeaseFollowsWhenItGoesOn() throws Exception {
        ReplicaProcess first = replica("one");
        RemoteMesh one = connect(first);
        await().until(() -> leads(one));
        RemoteMesh two = connect(replica("two"));

        first.signal("STOP");
        await().atMost(TAKEN_OVER).until(() -> leads(two));
        two.putPolicy(policy("3s"), OptionalLong.empty(), NOTE);
        first.signal("CONT");

        await().untilAsserted(() -> assertThat(one.controlPlanes())
                .filteredOn(ControlPlaneInfo::here)
                .extracting(ControlPlaneInfo::role)
                .containsExactly(Role.FOLLOWS));
        assertThat(leads(two)).isTrue();
        // it knows of none until it has read again what it slept through
        await().ignoreException(MeshException.class)
                .untilAsserted(() -> assertThat(one.policy("catalog").yaml()).contains("3s"));
    }

    @Test
    void whereEtcdIsAwayWhatIsKnownIsServedAndChangesAreRefused() throws Exception {
        RemoteMesh one = connect(replica("one"));
        one.putPolicy(policy("3s"), OptionalLong.empty(), NOTE);

        nodes.kill(0);

        assertThatThrownBy(() -> one.putPolicy(policy("4s"), OptionalLong.empty(), NOTE))
                .isInstanceOfSatisfying(
                        MeshException.class, e -> assertThat(e.kind()).isEqualTo(MeshException.Kind.UNAVAILABLE))
                .hasMessageContaining("etcd");
        assertThat(one.policy("catalog").yaml()).contains("3s");
        assertThat(one.controlPlanes()).extracting(ControlPlaneInfo::role).containsExactly(Role.CUT_OFF);
        nodes.restart(0);
        nodes.awaitHealth();
        await().atMost(Duration.ofSeconds(30)).until(() -> leads(one));
        one.putPolicy(policy("5s"), OptionalLong.empty(), NOTE);
    }

    @Test
    void callersOfSidecarsNoticeNothingOfAControlPlaneThatIsKilled() throws Exception {
        HttpServer catalog = catalog();
        ReplicaProcess first = replica("one");
        ReplicaProcess second = replica("two");
        RemoteMesh two = connect(second);
        sidecar(
                first,
                second,
                "service: catalog\napp: { port: " + catalog.getAddress().getPort() + " }\n");
        LocalSidecars calling = sidecar(first, second, "service: storefront\n");
        URI target =
                URI.create("http://127.0.0.1:" + calling.sidecars().getFirst().outboundPort() + "/");
        HttpClient http = HttpClient.newHttpClient();
        toClose.add(http);
        await().until(() -> call(http, target) == 200);
        AtomicBoolean enough = new AtomicBoolean();
        CompletableFuture<Map<Integer, Integer>> load = CompletableFuture.supplyAsync(() -> {
            Map<Integer, Integer> statuses = new TreeMap<>();
            while (!enough.get()) {
                statuses.merge(call(http, target), 1, Integer::sum);
            }
            return statuses;
        });

        first.kill();

        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(two.sidecars()).hasSize(2));
        two.putPolicy(policy("1234ms"), OptionalLong.empty(), NOTE);
        await().atMost(Duration.ofSeconds(3)).until(() -> timeout(calling).equals(Duration.ofMillis(1_234)));
        // longer than the time after which an instance is forgotten that nobody hears any more
        await().pollDelay(Duration.ofSeconds(20)).atMost(Duration.ofSeconds(30)).until(() -> true);
        assertThat(two.snapshot().services()).anyMatch(service -> service.name().equals("catalog"));
        enough.set(true);
        assertThat(load.get()).containsOnlyKeys(200);
    }

    @Test
    void whoHasAnotherTokenDoesNotGetTheAuthority() throws Exception {
        connect(replica("one"));
        Path other = folder.resolve("other");
        Files.createDirectories(other);

        assertThatThrownBy(() -> toClose.add(ReplicaProcess.start(other, nodes.endpoints())))
                .isInstanceOf(IOException.class);
        assertThat(Files.readString(folder.resolve("other.log"))).contains("does not open authority/key");
    }

    /** All have the token of the first. */
    private ReplicaProcess replica(String name) throws IOException {
        Path data = folder.resolve(name);
        Files.createDirectories(data);
        Path token = folder.resolve("one").resolve("token");
        if (Files.exists(token) && !name.equals("one")) {
            AccessToken.read(token).write(data.resolve("token"));
        }
        ReplicaProcess started = ReplicaProcess.start(data, nodes.endpoints());
        toClose.add(started);
        return started;
    }

    private RemoteMesh connect(ReplicaProcess replica) {
        RemoteMesh mesh = new RemoteMesh(replica.uri(), token(), new SplittableRandom(1));
        toClose.add(mesh);
        return mesh;
    }

    private AccessToken token() {
        return AccessToken.read(folder.resolve("one").resolve("token"));
    }

    private LocalSidecars sidecar(ReplicaProcess first, ReplicaProcess second, String document) throws IOException {
        Path file = folder.resolve("sidecar.yaml");
        Files.writeString(file, "");
        LocalSidecars started = LocalSidecars.start(
                List.of(SidecarFormat.read(
                        "apiVersion: signalbox.io/v1\nkind: Sidecar\nlimits: { drain: 100ms }\ncontrolPlane: { url: [\""
                                + first.uri() + "\", \"" + second.uri() + "\"], tokenFile: \""
                                + folder.resolve("one").resolve("token") + "\" }\n" + document,
                        file,
                        InstantSource.system().instant())),
                folder.resolve("state"),
                AttachmentListener.none());
        toClose.add(started);
        return started;
    }

    private HttpServer catalog() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, -1);
            }
        });
        server.start();
        toClose.add(() -> server.stop(0));
        return server;
    }

    private static int call(HttpClient http, URI target) {
        try {
            return http.send(
                            HttpRequest.newBuilder(target)
                                    .header("X-Target-Service", "catalog")
                                    .timeout(Duration.ofSeconds(10))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private static Duration timeout(LocalSidecars calling) {
        Sidecar sidecar = calling.sidecars().getFirst();
        return Objects.requireNonNull(sidecar.config().services().get("catalog"))
                .policy()
                .timeout();
    }

    private static boolean leads(RemoteMesh mesh) {
        return mesh.controlPlanes().stream().anyMatch(one -> one.here() && one.role() == Role.LEADS);
    }

    private static String policy(String timeout) {
        return "apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: catalog\ntimeout: " + timeout + "\n";
    }
}
