package io.signalbox.mesh.cli;

import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.model.EdgeId;
import io.signalbox.mesh.model.EjectionReason;
import io.signalbox.mesh.model.Health;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.ServiceInstance;
import io.signalbox.mesh.model.Switch;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.model.status.BreakerStatus;
import io.signalbox.mesh.model.status.EdgeStatus;
import io.signalbox.mesh.model.status.EjectionStatus;
import io.signalbox.mesh.model.status.FaultStatus;
import io.signalbox.mesh.model.status.InstanceStatus;
import io.signalbox.mesh.model.status.Latency;
import io.signalbox.mesh.model.status.LoadStatus;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.model.status.ScenarioStatus;
import io.signalbox.mesh.model.status.Security;
import io.signalbox.mesh.model.status.ServiceHealth;
import io.signalbox.mesh.model.status.ServiceKind;
import io.signalbox.mesh.model.status.ServiceStatus;
import io.signalbox.mesh.model.status.SplitStatus;
import io.signalbox.mesh.model.status.TrafficStats;
import io.signalbox.mesh.model.status.VersionShare;
import io.signalbox.mesh.model.status.VersionStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A small mesh: shoppers call a catalog of two versions, whose second one is a candidate; one circuit is open. */
final class Fixtures {

    static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    static final TrafficStats BUSY =
            new TrafficStats(412.4, 4_124, 8, 90_000, 20, new Latency(2_400_000, 9_000_000, 31_000_000, 60_000_000));

    private Fixtures() {}

    static MeshSnapshot snapshot() {
        return snapshot(new ScenarioStatus(
                "corner-shop",
                7,
                List.of(new FaultStatus(
                        "payment-burst",
                        3,
                        "payment",
                        "Payment fails for a while.",
                        "A breaker helps.",
                        Switch.ON,
                        NOON,
                        "",
                        "")),
                new LoadStatus(400, 1_000, 1, 1, 0, 0, 200)));
    }

    /** A mesh whose demo has one fault alone. */
    static MeshSnapshot withFault(Switch position, String mend, String remark) {
        return snapshot(new ScenarioStatus(
                "corner-shop",
                7,
                List.of(new FaultStatus("bank-429", 4, "bank", "Says 429.", "Budget.", position, NOON, mend, remark)),
                new LoadStatus(400, 1_000, 1, 1, 0, 0, 200)));
    }

    static MeshSnapshot snapshot(@Nullable ScenarioStatus scenario) {
        return new MeshSnapshot(
                1,
                0,
                NOON,
                "corner-shop",
                NOON.minusSeconds(60),
                BUSY,
                100,
                100,
                List.of(
                        new ServiceStatus(
                                "catalog",
                                ServiceKind.SERVICE,
                                Protocol.HTTP,
                                ServiceHealth.OK,
                                BUSY,
                                List.of(version("v1", "catalog-1"), version("v2", "catalog-2"))),
                        new ServiceStatus(
                                "shoppers",
                                ServiceKind.CLIENT,
                                Protocol.HTTP,
                                ServiceHealth.IDLE,
                                TrafficStats.NONE,
                                List.of())),
                List.of(new EdgeStatus(
                        new EdgeId("shoppers", "catalog"),
                        Protocol.HTTP,
                        Security.MTLS,
                        BUSY,
                        List.of(),
                        List.of(),
                        4,
                        2,
                        BreakerState.OPEN,
                        2,
                        1)),
                List.of(new BreakerStatus(
                        new EdgeId("shoppers", "catalog"),
                        "shoppers-1",
                        "catalog-2",
                        BreakerState.OPEN,
                        NOON.minusSeconds(23),
                        NOON.plusSeconds(37),
                        5,
                        0,
                        0,
                        CircuitBreakerConfig.DEFAULT,
                        120,
                        6,
                        40,
                        null,
                        new EjectionStatus(
                                EjectionReason.FAILURES_IN_A_ROW,
                                "3 failures in a row",
                                1,
                                NOON.minusSeconds(5),
                                NOON.plusSeconds(24),
                                1,
                                3))),
                List.of(new SplitStatus(
                        "catalog",
                        SplitStatus.Kind.CANARY,
                        List.of(
                                new VersionShare("v1", VersionShare.Role.STABLE, new Weight(70), 700, 0.7, 0.67, 0.73),
                                new VersionShare(
                                        "v2", VersionShare.Role.CANDIDATE, new Weight(30), 300, 0.3, 0.27, 0.33)),
                        1_000,
                        NOON.minusSeconds(90),
                        3)),
                scenario);
    }

    private static VersionStatus version(String version, String instance) {
        return new VersionStatus(
                version,
                ServiceHealth.OK,
                BUSY,
                List.of(new InstanceStatus(
                        new ServiceInstance(
                                "catalog",
                                instance,
                                "127.0.0.1",
                                8_081,
                                Protocol.HTTP,
                                Map.of("version", version),
                                Health.HEALTHY,
                                NOON.minusSeconds(60),
                                NOON.minusSeconds(3)),
                        ServiceHealth.OK,
                        InstanceStatus.Serving.SERVING,
                        InstanceStatus.RunState.RUNNING,
                        BUSY,
                        4)));
    }
}
