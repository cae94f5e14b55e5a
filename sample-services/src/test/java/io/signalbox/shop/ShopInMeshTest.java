package io.signalbox.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.RunningMeshes;
import io.signalbox.mesh.event.MeshEvent;
import io.signalbox.mesh.event.RecordedEvent;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.EdgeId;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.Switch;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.model.status.BreakerStatus;
import io.signalbox.mesh.model.status.EdgeStatus;
import io.signalbox.mesh.model.status.InstanceStatus;
import io.signalbox.mesh.model.status.InstanceStatus.Serving;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.model.status.Security;
import io.signalbox.mesh.model.status.VersionShare;
import io.signalbox.mesh.runtime.LocalMesh;
import io.signalbox.mesh.runtime.MeshOptions;
import io.signalbox.mesh.time.Ticker;
import io.signalbox.shop.load.LoadProfile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The shop in a real mesh: every call goes through two sidecars and mutual TLS. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShopInMeshTest {

    private static final ChangeNote TEST = new ChangeNote("test", "");
    private static final EdgeId PAYING = new EdgeId("checkout", "payment");
    private static final int TRIALS = 3;
    private static final int THRESHOLD = 5;
    private static final String QUICK_PAYMENT_POLICY = """
        apiVersion: signalbox.io/v1
        kind: TrafficPolicy
        service: payment
        timeout: 5s
        circuitBreaker: { failureThreshold: 5, successThreshold: 2, openDuration: 700ms, halfOpenRequests: 3 }
        """;

    private LocalMesh mesh;
    private MeshConnection connection;
    private CornerShop shop;
    private ShopVisitor visitor;
    private long before;

    @BeforeAll
    void open(@TempDir Path folder) {
        mesh = LocalMesh.start(new MeshOptions("shop-test", 0), new RunningMeshes(folder));
        connection = mesh.connection();
        shop = CornerShop.open(
                mesh, new CornerShopOptions(11, 0, LoadProfile.CALM), Ticker.system(), InstantSource.system());
        visitor = new ShopVisitor(shop.entry(), "mira");
    }

    @AfterAll
    void close() {
        visitor.close();
        shop.close();
        connection.close();
        mesh.close();
    }

    @BeforeEach
    void remember() {
        before = mesh.events().lastSequence();
    }

    @AfterEach
    void calmDown() {
        shop.drain();
    }

    private MeshSnapshot snapshot() {
        return connection.snapshot();
    }

    private List<MeshEvent.BreakerMoved> moves() {
        return mesh.events().after(before, 1_000).stream()
                .map(RecordedEvent::event)
                .filter(MeshEvent.BreakerMoved.class::isInstance)
                .map(MeshEvent.BreakerMoved.class::cast)
                .filter(move -> move.edge().equals(PAYING))
                .toList();
    }

    private boolean moved(BreakerState to) {
        return moves().stream().anyMatch(move -> move.to() == to);
    }

    private List<BreakerStatus> paymentCircuits() {
        return snapshot().breakers().stream()
                .filter(breaker -> breaker.edge().equals(PAYING))
                .toList();
    }

    private void checkOutOften() {
        visitor.post("/cart/items", "{\"item\":\"pears\",\"quantity\":1}");
        visitor.post("/checkout", "");
    }

    private long versionsOf(int requests, String version) {
        long count = 0;
        for (int i = 0; i < requests; i++) {
            count += visitor.get("/browse?category=tea").body().contains("\"catalog\":\"" + version + "\"") ? 1 : 0;
        }
        return count;
    }

    private EdgeStatus paying() {
        return snapshot().edges().stream()
                .filter(edge -> edge.id().equals(PAYING))
                .findFirst()
                .orElseThrow();
    }

    private InstanceStatus instance(String id) {
        return snapshot().services().stream()
                .flatMap(service -> service.versions().stream())
                .flatMap(version -> version.instances().stream())
                .filter(instance -> instance.instance().instanceId().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static void eventually(Callable<Boolean> holds) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .until(holds);
    }

    @Test
    void withEveryFaultOffNothingFailsAndEveryHopIsSecured() {
        long already = shop.load().status().completed();
        shop.setLoad(80);
        eventually(() -> shop.load().status().completed() >= already + 300);
        assertThat(snapshot().securedShare()).hasValue(1.0);
        shop.drain();
        assertThat(shop.load().status().failed()).isZero();
        assertThat(shop.load().status().completed())
                .isEqualTo(shop.load().status().sent());
    }

    @Test
    void aBurstOfPaymentFailuresOpensItsCircuitsAndTheyCloseAfterwards() {
        connection.putPolicy(QUICK_PAYMENT_POLICY, TEST);
        shop.switchFault("payment-burst", Switch.ON);
        eventually(() -> {
            checkOutOften();
            return moved(BreakerState.OPEN);
        });
        assertThat(paymentCircuits()).allMatch(circuit -> circuit.failuresInARow() <= THRESHOLD);
        eventually(() -> {
            checkOutOften();
            assertThat(paymentCircuits()).allMatch(circuit -> circuit.trialsAdmitted() <= TRIALS);
            return moved(BreakerState.HALF_OPEN);
        });
        eventually(() -> {
            checkOutOften();
            return paying().answers().stream()
                    .anyMatch(answer -> answer.code() == 503 && answer.cause() == Cause.BREAKER_OPEN);
        });
        shop.switchFault("payment-burst", Switch.OFF);
        eventually(() -> {
            checkOutOften();
            return paymentCircuits().stream().allMatch(circuit -> circuit.state() == BreakerState.CLOSED);
        });
        assertThat(moves()).extracting(MeshEvent.BreakerMoved::to).contains(BreakerState.CLOSED);
    }

    @Test
    void everyProtocolOfTheShopGoesThroughItsSidecarsAndIsSecured() {
        eventually(() -> shop.audience().open() == 5 && shop.audience().messages() > 5);
        // a TCP connection counts once it has ended, and the shop ends one after twenty reservations
        eventually(() -> {
            visitor.get("/prices?items=pears");
            checkOutOften();
            return goesBy("storefront", "pricing", Protocol.GRPC)
                    && goesBy("checkout", "pricing", Protocol.GRPC)
                    && goesBy("checkout", "stock", Protocol.TCP);
        });
    }

    private boolean goesBy(String from, String to, Protocol protocol) {
        return snapshot().edges().stream()
                .anyMatch(edge -> edge.id().equals(new EdgeId(from, to))
                        && edge.protocol() == protocol
                        && edge.security() == Security.MTLS);
    }

    @Test
    void stoppingInstancesFailsNoReading() {
        shop.switchInstance("catalog-1", Switch.OFF);
        shop.switchInstance("ratings-2", Switch.OFF);
        shop.switchInstance("storefront-1", Switch.OFF);
        for (int i = 0; i < 60; i++) {
            assertThat(visitor.get("/browse?category=tea").statusCode()).isEqualTo(200);
        }
        eventually(() -> instance("catalog-1").serving() == Serving.UNHEALTHY);
        assertThat(visitor.get("/browse?category=tea").body()).contains("\"reviewsAvailable\":true");
        shop.switchInstance("catalog-1", Switch.ON);
        shop.switchInstance("ratings-2", Switch.ON);
        shop.switchInstance("storefront-1", Switch.ON);
        eventually(() -> instance("catalog-1").serving() == Serving.SERVING
                && instance("ratings-2").serving() == Serving.SERVING
                && instance("storefront-1").serving() == Serving.SERVING);
    }

    @Test
    void theWeightOfTheCanaryMovesTrafficAndItsEndsAreExact() {
        connection.setWeights("catalog", Map.of("v2", new Weight(0)), TEST);
        assertThat(versionsOf(30, "v2")).isZero();
        connection.setWeights("catalog", Map.of("v2", new Weight(100)), TEST);
        assertThat(versionsOf(30, "v2")).isEqualTo(30);
        connection.setWeights("catalog", Map.of("v2", new Weight(30)), TEST);
        shop.setLoad(80);
        eventually(() -> snapshot().splits().stream()
                .filter(split -> split.service().equals("catalog") && split.counted() >= 150)
                .flatMap(split -> split.versions().stream())
                .filter(share -> share.version().equals("v2"))
                .anyMatch(ShopInMeshTest::askedIsInItsInterval));
    }

    private static boolean askedIsInItsInterval(VersionShare share) {
        double asked = share.asked().percent() / 100.0;
        return share.asked().percent() == 30 && share.low() <= asked && asked <= share.high();
    }
}
