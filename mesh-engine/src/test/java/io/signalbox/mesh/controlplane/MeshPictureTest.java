package io.signalbox.mesh.controlplane;

import static io.signalbox.mesh.controlplane.TestMesh.CANARY;
import static io.signalbox.mesh.controlplane.TestMesh.NOTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.signalbox.mesh.model.AnsweredBy;
import io.signalbox.mesh.model.BreakerCommand;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.Switch;
import io.signalbox.mesh.model.UnknownNameException;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.model.status.AnswerCount;
import io.signalbox.mesh.model.status.BreakerStatus;
import io.signalbox.mesh.model.status.InstanceStatus;
import io.signalbox.mesh.model.status.Latency;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.model.status.Security;
import io.signalbox.mesh.model.status.ServiceHealth;
import io.signalbox.mesh.model.status.ServiceKind;
import io.signalbox.mesh.model.status.SplitStatus;
import io.signalbox.mesh.model.status.VersionShare;
import io.signalbox.mesh.model.status.VersionTraffic;
import io.signalbox.mesh.time.LogEar;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MeshPictureTest {

    private final TestMesh mesh = new TestMesh();

    @AfterEach
    void stop() {
        mesh.close();
    }

    @Test
    void aSidecarThatReportsNonsenseIsSaidOnceUntilItIsWellAgain() {
        try (LogEar log = new LogEar(Figures.class.getName())) {
            mesh.shoppers.failing(new IllegalStateException("nonsense"));
            mesh.tick();
            mesh.tick();
            assertThat(log.heard()).hasSize(1);

            mesh.shoppers.failing(null);
            mesh.tick();
            mesh.shoppers.failing(new IllegalStateException("nonsense"));
            mesh.tick();

            assertThat(log.heard()).hasSize(2);
        }
    }

    @Test
    void callsBecomeAnEdgeWithRateSharesAndQuantiles() {
        for (int tick = 0; tick < 20; tick++) {
            mesh.shoppers.calls(9, "catalog", "v1", "catalog-1");
            mesh.shoppers.calls(1, "catalog", "v2", "catalog-v2-1", 200, Duration.ofMillis(100));
            mesh.tick();
        }

        var edge = mesh.edge("shoppers->catalog");
        assertThat(edge.stats().requests()).isEqualTo(200);
        assertThat(edge.stats().requestsPerSecond()).isCloseTo(20, within(0.001));
        assertThat(edge.security()).isEqualTo(Security.MTLS);
        assertThat(edge.versions()).extracting(VersionTraffic::version).containsExactly("v1", "v2");
        assertThat(edge.versions()).extracting(VersionTraffic::share).containsExactly(0.9, 0.1);
        Latency latency = Optional.ofNullable(edge.stats().latency()).orElseThrow();
        assertThat((double) latency.p50Nanos()).isCloseTo(1e6, within(2e4));
        assertThat((double) latency.p99Nanos()).isCloseTo(1e8, within(2e6));
    }

    @Test
    void aConnectionIsACallThatFailsWhenItIsBrokenOff() {
        mesh.shoppers
                .streams(7, "catalog", "catalog-1", null)
                .streams(2, "catalog", "catalog-1", Cause.UPSTREAM_RESET)
                .streams(1, "catalog", "catalog-1", Cause.CALLER_GONE);
        mesh.tick();

        var edge = mesh.edge("shoppers->catalog");
        assertThat(edge.protocol()).isEqualTo(Protocol.TCP);
        assertThat(edge.stats().totalRequests()).isEqualTo(9);
        assertThat(edge.stats().totalFailures()).isEqualTo(2);
    }

    @Test
    void theRateDividesByTheTimeThatTheMeshHasLived() {
        mesh.shoppers.calls(30, "catalog", "v1", "catalog-1");
        mesh.tick();
        mesh.shoppers.calls(30, "catalog", "v1", "catalog-1");

        assertThat(mesh.tick().totals().requestsPerSecond()).isCloseTo(60, within(0.001));
    }

    @Test
    void callsLeaveTheWindowAfterTenSecondsAndAnswersAfterAMinute() {
        mesh.shoppers.calls(5, "catalog", "v1", "catalog-1");
        mesh.tick();
        mesh.after(Duration.ofMillis(9_500));
        assertThat(mesh.edge("shoppers->catalog").stats().requests()).isEqualTo(5);

        mesh.tick();
        assertThat(mesh.edge("shoppers->catalog").stats().requests()).isZero();
        assertThat(mesh.edge("shoppers->catalog").stats().latency()).isNull();
        assertThat(mesh.edge("shoppers->catalog").answers())
                .containsExactly(new AnswerCount(200, AnsweredBy.UPSTREAM, null, 5));

        mesh.after(Duration.ofSeconds(51));
        assertThat(mesh.edge("shoppers->catalog").answers()).isEmpty();
        assertThat(mesh.edge("shoppers->catalog").stats().totalRequests()).isEqualTo(5);
        assertThat(mesh.edge("shoppers->catalog").security()).isEqualTo(Security.IDLE);
    }

    @Test
    void anEdgeStaysWhileBothEndsAreThereAndGoesWithThem() {
        mesh.shoppers.calls(5, "catalog", "v1", "catalog-1");
        mesh.after(Duration.ofMinutes(5));
        assertThat(mesh.edge("shoppers->catalog").security()).isEqualTo(Security.IDLE);

        mesh.controlPlane.members().deregister("catalog", Optional.empty());
        mesh.controlPlane.detach(mesh.catalog);
        assertThat(mesh.controlPlane.snapshot().edges()).isEmpty();
    }

    @Test
    void totalsSurviveTheInstancesThatServed() {
        mesh.shoppers.calls(5, "catalog", "v1", "catalog-1");
        mesh.tick();
        mesh.controlPlane.members().deregister("catalog", Optional.of("catalog-1"));
        mesh.after(Duration.ofMinutes(3));

        assertThat(mesh.edge("shoppers->catalog").stats().totalRequests()).isEqualTo(5);
        assertThat(mesh.edge("shoppers->catalog").versions())
                .singleElement()
                .satisfies(
                        version -> assertThat(version.stats().totalRequests()).isEqualTo(5));
    }

    @Test
    void failuresAreAnswersOf500AndAboveOrNoneAtAllButNotCallersWhoLeft() {
        mesh.shoppers
                .calls(6, "catalog", "v1", "catalog-1")
                .calls(1, "catalog", "v1", "catalog-1", 500, Duration.ofMillis(1))
                .calls(1, "catalog", "v1", "catalog-1", 404, Duration.ofMillis(1))
                .answeredByMesh(1, "catalog", 503, Cause.BREAKER_OPEN)
                .answeredByMesh(1, "catalog", 0, Cause.UPSTREAM_RESET)
                .answeredByMesh(7, "catalog", 0, Cause.CALLER_GONE);
        mesh.tick();

        assertThat(mesh.edge("shoppers->catalog").stats().requests()).isEqualTo(10);
        assertThat(mesh.edge("shoppers->catalog").stats().failures()).isEqualTo(3);
        assertThat(mesh.edge("shoppers->catalog").answers())
                .contains(new AnswerCount(503, AnsweredBy.MESH, Cause.BREAKER_OPEN, 1));
    }

    @Test
    void totalsAreWhatClientsCallIntoTheMesh() {
        mesh.shoppers.calls(10, "catalog", "v1", "catalog-1");
        mesh.catalog.calls(40, "reviews", "v1", "reviews-1");

        assertThat(mesh.tick().totals().requests()).isEqualTo(10);
        assertThat(mesh.service("shoppers").kind()).isEqualTo(ServiceKind.CLIENT);
        assertThat(mesh.service("shoppers").stats().requests()).isEqualTo(10);
        assertThat(mesh.service("reviews").stats().requests()).isEqualTo(40);
    }

    @Test
    void hopsToExternalServicesAreNotCountedAsMeshHops() {
        mesh.register("bank", "bank-1", Map.of("kind", "external"));
        mesh.shoppers.calls(8, "catalog", "v1", "catalog-1");
        mesh.catalog.plainCalls(4, "bank", "bank-1").plainCalls(2, "reviews", "reviews-1");
        MeshSnapshot snapshot = mesh.tick();

        assertThat(snapshot.meshHops()).isEqualTo(10);
        assertThat(snapshot.securedHops()).isEqualTo(8);
        assertThat(mesh.service("bank").kind()).isEqualTo(ServiceKind.EXTERNAL);
        assertThat(mesh.edge("catalog->bank").security()).isEqualTo(Security.PLAIN);
    }

    @Test
    void callsInFlightAreShownUntilTheyEnd() {
        mesh.shoppers.hanging(3, "catalog", "v1", "catalog-1");
        mesh.tick();

        assertThat(mesh.edge("shoppers->catalog").inFlight()).isEqualTo(3);
        assertThat(instance("catalog-1").inFlight()).isEqualTo(3);
        mesh.controlPlane.detach(mesh.shoppers);
        assertThat(instance("catalog-1").inFlight()).isZero();
    }

    @Test
    void healthFollowsTheShareThatSucceeds() {
        assertThat(healthAfter(100, 0)).isEqualTo(ServiceHealth.OK);
        assertThat(healthAfter(98, 2)).isEqualTo(ServiceHealth.DEGRADED);
        assertThat(healthAfter(90, 10)).isEqualTo(ServiceHealth.FAILING);
        assertThat(healthAfter(0, 0)).isEqualTo(ServiceHealth.IDLE);
    }

    @Test
    void aDrainingInstanceDegradesItsServiceAndTheLastOneFailsIt() {
        mesh.shoppers.calls(100, "catalog", "v1", "catalog-1");
        mesh.tick();
        mesh.controlPlane.members().setDraining("catalog", "catalog-2", Switch.ON, NOTE);

        assertThat(mesh.service("catalog").health()).isEqualTo(ServiceHealth.DEGRADED);
        assertThat(instance("catalog-2").serving()).isEqualTo(InstanceStatus.Serving.DRAINING);
        assertThat(mesh.shoppers.config("catalog").endpoints())
                .extracting(endpoint -> endpoint.instanceId())
                .containsExactlyInAnyOrder("catalog-1", "catalog-v2-1");
        mesh.controlPlane.members().setDraining("reviews", "reviews-1", Switch.ON, NOTE);
        assertThat(mesh.service("reviews").health()).isEqualTo(ServiceHealth.FAILING);
    }

    @Test
    void anInstanceMuchSlowerThanItsPeerIsDegraded() {
        mesh.shoppers.calls(50, "catalog", "v1", "catalog-1");
        mesh.shoppers.calls(50, "catalog", "v1", "catalog-2", 200, Duration.ofMillis(40));
        mesh.tick();

        assertThat(instance("catalog-2").health()).isEqualTo(ServiceHealth.DEGRADED);
        assertThat(instance("catalog-1").health()).isEqualTo(ServiceHealth.OK);
        assertThat(mesh.service("catalog").health()).isEqualTo(ServiceHealth.DEGRADED);
    }

    @Test
    void oneSlowCallIsNotEnoughToCallAnInstanceSlow() {
        mesh.shoppers.calls(50, "catalog", "v1", "catalog-1");
        mesh.shoppers.calls(2, "catalog", "v1", "catalog-2", 200, Duration.ofMillis(40));
        mesh.tick();

        assertThat(instance("catalog-2").health()).isEqualTo(ServiceHealth.OK);
    }

    @Test
    void sharesAreCountedSinceTheWeightsWereChanged() {
        mesh.put(CANARY);
        mesh.shoppers.calls(90, "catalog", "v1", "catalog-1").calls(10, "catalog", "v2", "catalog-v2-1");
        mesh.tick();
        assertThat(mesh.split("catalog").counted()).isEqualTo(100);

        mesh.shoppers.calls(50, "catalog", "v1", "catalog-1");
        mesh.controlPlane.policies().setWeights("catalog", Map.of("v2", Weight.ALL), NOTE);
        mesh.shoppers.calls(40, "catalog", "v2", "catalog-v2-1");
        mesh.tick();

        SplitStatus split = mesh.split("catalog");
        assertThat(split.kind()).isEqualTo(SplitStatus.Kind.CANARY);
        assertThat(split.counted()).isEqualTo(40);
        assertThat(split.since()).isEqualTo(mesh.time.instant().minus(ControlPlane.TICK));
        VersionShare candidate = split.versions().getLast();
        assertThat(candidate.role()).isEqualTo(VersionShare.Role.CANDIDATE);
        assertThat(candidate.asked()).isEqualTo(Weight.ALL);
        assertThat(candidate.share()).isEqualTo(1.0);
        assertThat(candidate.high()).isEqualTo(1.0);
        assertThat(candidate.low()).isBetween(0.85, 0.95);
    }

    @Test
    void sharesForgetWhatIsOlderThanAMinute() {
        mesh.put(CANARY);
        mesh.shoppers.calls(90, "catalog", "v1", "catalog-1");
        mesh.tick();
        mesh.after(Duration.ofSeconds(61));

        assertThat(mesh.split("catalog").counted()).isZero();
        assertThat(mesh.split("catalog").versions())
                .extracting(VersionShare::high)
                .containsOnly(1.0);
    }

    @Test
    void theEdgeShowsTheWorstOfItsCircuits() {
        mesh.shoppers
                .calls(10, "catalog", "v1", "catalog-1", 503, Duration.ofMillis(1))
                .circuit("catalog", "catalog-1", BreakerState.OPEN, null)
                .circuit("catalog", "catalog-2", BreakerState.CLOSED, null);
        MeshSnapshot snapshot = mesh.tick();

        assertThat(mesh.edge("shoppers->catalog").breaker()).isEqualTo(BreakerState.OPEN);
        assertThat(mesh.edge("shoppers->catalog").circuits()).isEqualTo(2);
        assertThat(mesh.edge("shoppers->catalog").openCircuits()).isEqualTo(1);
        assertThat(snapshot.breakers())
                .extracting(BreakerStatus::id)
                .containsExactly("shoppers-1->catalog-1", "shoppers-1->catalog-2");
        assertThat(snapshot.breakers().getFirst().failures()).isEqualTo(10);
    }

    @Test
    void circuitsAreMovedByEdgeOrOneByOne() {
        mesh.shoppers
                .circuit("catalog", "catalog-1", BreakerState.CLOSED, null)
                .circuit("catalog", "catalog-2", BreakerState.CLOSED, null);
        BreakerControl breakers = mesh.controlPlane.breakers();

        assertThat(breakers.command("shoppers->catalog", BreakerCommand.OPEN, NOTE))
                .isEqualTo(2);
        assertThat(mesh.controlPlane.snapshot().breakers())
                .extracting(BreakerStatus::state, BreakerStatus::note)
                .containsOnly(tuple(BreakerState.FORCED_OPEN, "to see"));
        assertThat(breakers.command("shoppers-1->catalog-2", BreakerCommand.RESET, NOTE))
                .isEqualTo(1);
        assertThat(breakers.command("shoppers:catalog", BreakerCommand.CLOSE, NOTE))
                .isEqualTo(2);
        assertThatThrownBy(() -> breakers.command("catalog->shoppers", BreakerCommand.OPEN, NOTE))
                .isInstanceOf(UnknownNameException.class)
                .hasMessageContaining("one of shoppers->catalog");
        assertThatThrownBy(() -> breakers.command("nonsense", BreakerCommand.OPEN, NOTE))
                .hasMessageContaining("SOURCE->DESTINATION");
    }

    @Test
    void snapshotsAreDeliveredInOrderUntilTheListenerLeaves() {
        List<Long> seen = new ArrayList<>();
        Runnable leave = mesh.controlPlane.subscribe(snapshot -> seen.add(snapshot.sequence()));
        mesh.tick();
        mesh.put(CANARY);
        leave.run();
        mesh.tick();

        assertThat(seen).hasSize(2).isSorted().doesNotHaveDuplicates();
    }

    private ServiceHealth healthAfter(int good, int bad) {
        mesh.after(Duration.ofSeconds(11));
        mesh.shoppers
                .calls(good, "reviews", "v1", "reviews-1")
                .calls(bad, "reviews", "v1", "reviews-1", 500, Duration.ofMillis(1));
        mesh.tick();
        return mesh.service("reviews").health();
    }

    private InstanceStatus instance(String id) {
        return mesh.controlPlane.snapshot().services().stream()
                .flatMap(service -> service.versions().stream())
                .flatMap(version -> version.instances().stream())
                .filter(instance -> instance.instance().instanceId().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
