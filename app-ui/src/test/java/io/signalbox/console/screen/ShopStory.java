package io.signalbox.console.screen;

import io.signalbox.console.fixture.SnapshotFixtures;
import io.signalbox.mesh.event.MeshEvent;
import io.signalbox.mesh.event.RecordedEvent;
import io.signalbox.mesh.model.AccessDecision;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.CircuitReason;
import io.signalbox.mesh.model.EdgeId;
import io.signalbox.mesh.model.EjectionEnd;
import io.signalbox.mesh.model.EjectionReason;
import io.signalbox.mesh.model.Health;
import io.signalbox.mesh.model.ServiceInstance;
import io.signalbox.mesh.model.Switch;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.model.status.BreakerStatus;
import io.signalbox.mesh.model.status.EjectionStatus;
import io.signalbox.mesh.model.status.FaultStatus;
import io.signalbox.mesh.model.status.InstanceStatus;
import io.signalbox.mesh.model.status.Latency;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.model.status.RolloutCause;
import io.signalbox.mesh.model.status.RolloutPhase;
import io.signalbox.mesh.model.status.ScenarioStatus;
import io.signalbox.mesh.model.status.ServiceStatus;
import io.signalbox.mesh.model.status.SplitStatus;
import io.signalbox.mesh.model.status.TrafficStats;
import io.signalbox.mesh.model.status.VerdictReason;
import io.signalbox.mesh.model.status.VersionShare;
import io.signalbox.mesh.model.status.VersionStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Two minutes of Corner Shop, second by second, that end in one of the fixtures' pictures; the same each time. */
public final class ShopStory {

    static final int SECONDS = 120;

    private static final String CATALOG = """
        apiVersion: signalbox.io/v1
        kind: TrafficPolicy
        service: catalog
        timeout: 5s
        loadBalancing: { strategy: peak-ewma, slowStart: 30s }
        circuitBreaker: { openDuration: 10s, window: { size: 50, minimumCalls: 20, failureRate: 0.5 } }
        retry: { maxAttempts: 3, retryOn: [5xx, timeout], methods: any }
        concurrencyLimit: { maxInFlight: 100, queue: 50 }
        rules:
          - match: { headers: { X-User-Type: premium }, pathPrefix: /items }
            to: v2
        canary: { stable: v1, candidate: v2, initialWeight: 10, successRate: 0.995 }
        stickiness: { header: X-User-ID }
        """;

    private static final String CHECKOUT = """
        apiVersion: signalbox.io/v1
        kind: TrafficPolicy
        service: checkout
        timeout: 2s
        """;

    private ShopStory() {}

    /** The pictures of the two minutes up to and with the last one. */
    public static List<MeshSnapshot> endingIn(MeshSnapshot last) {
        IntFunction<MeshSnapshot> picture = second -> at(last, second, new Random(second));
        return IntStream.rangeClosed(1, SECONDS).mapToObj(picture).toList();
    }

    /**
     * The same picture with heartbeats of different ages, one drained and one stopped instance, reviews
     * split in three and four faults.
     */
    public static MeshSnapshot lived(MeshSnapshot picture) {
        Random random = new Random(3);
        return new MeshSnapshot(
                picture.sequence(),
                picture.eventSequence(),
                picture.at(),
                picture.mesh(),
                picture.startedAt(),
                picture.totals(),
                picture.meshHops(),
                picture.securedHops(),
                picture.services().stream()
                        .map(service -> new ServiceStatus(
                                service.name(),
                                service.kind(),
                                service.protocol(),
                                service.health(),
                                service.stats(),
                                service.versions().stream()
                                        .map(version -> new VersionStatus(
                                                version.version(),
                                                version.health(),
                                                version.stats(),
                                                version.instances().stream()
                                                        .map(instance -> lived(instance, random))
                                                        .toList()))
                                        .toList()))
                        .toList(),
                picture.edges(),
                picture.breakers(),
                withReviews(picture.splits()),
                picture.scenario() == null ? null : withFourFaults(picture.scenario()));
    }

    private static List<SplitStatus> withReviews(List<SplitStatus> splits) {
        List<SplitStatus> all = new ArrayList<>(splits);
        all.add(new SplitStatus(
                "reviews",
                SplitStatus.Kind.WEIGHTED,
                List.of(
                        new VersionShare("v1", VersionShare.Role.MEMBER, new Weight(50), 7_412, 0.502, 0.494, 0.510),
                        new VersionShare("v2", VersionShare.Role.MEMBER, new Weight(30), 4_398, 0.298, 0.291, 0.305),
                        new VersionShare("v3", VersionShare.Role.MEMBER, new Weight(20), 2_950, 0.200, 0.194, 0.207)),
                14_760,
                SnapshotFixtures.AT.minusSeconds(312),
                4));
        return all;
    }

    private static ScenarioStatus withFourFaults(ScenarioStatus scenario) {
        List<FaultStatus> faults = new ArrayList<>(scenario.faults());
        faults.add(new FaultStatus(
                "gray-instance",
                2,
                "pricing",
                "One request in 20 to pricing-2 takes 400 ms longer; its health checks stay green.",
                "An instance that is neither up nor down ruins the slowest answers of every caller while averages and"
                        + " health checks see nothing.",
                Switch.OFF,
                null,
                "",
                ""));
        faults.add(new FaultStatus(
                "reviews-down",
                8,
                "reviews",
                "The ports of every instance of reviews are closed.",
                "When every instance is taken out of balancing nobody is left to ask: what the caller does without the"
                        + " answer decides what people notice.",
                Switch.OFF,
                SnapshotFixtures.AT.minusSeconds(600),
                "",
                ""));
        return new ScenarioStatus(scenario.name(), scenario.seed(), faults, scenario.load());
    }

    /** The same picture, which knows of all {@link #events}. */
    public static MeshSnapshot happened(MeshSnapshot picture) {
        return new MeshSnapshot(
                picture.sequence(),
                events().size(),
                picture.at(),
                picture.mesh(),
                picture.startedAt(),
                picture.totals(),
                picture.meshHops(),
                picture.securedHops(),
                picture.services(),
                picture.edges(),
                picture.breakers(),
                picture.splits(),
                picture.scenario());
    }

    /** What was written for some services, oldest first. */
    static Map<String, ChangeNote> policies() {
        Map<String, ChangeNote> written = new LinkedHashMap<>();
        written.put(CATALOG, new ChangeNote("ada", "v2 is ready to be tried"));
        written.put(CATALOG.replace("initialWeight: 10", "initialWeight: 30"), new ChangeNote("ada", "looks good"));
        written.put(CHECKOUT, new ChangeNote("grace", ""));
        return written;
    }

    /** One event of each kind and a few more, oldest first. */
    public static List<RecordedEvent> events() {
        ChangeNote mira = new ChangeNote("mira", "new search index");
        ChangeNote console = new ChangeNote("console", "");
        EdgeId payment = new EdgeId("checkout", "payment");
        List<MeshEvent> happened = List.of(
                new MeshEvent.ControlPlaneStarted("corner-shop"),
                new MeshEvent.InstanceRegistered("catalog", "catalog-3", "v2", "127.0.0.1:20003"),
                new MeshEvent.CertificateIssued(
                        "catalog", "catalog-3", "spiffe://corner-shop/catalog", SnapshotFixtures.AT.plusSeconds(3_600)),
                new MeshEvent.HealthChanged(
                        "catalog", "catalog-3", Health.UNKNOWN, Health.HEALTHY, "3 checks in a row"),
                new MeshEvent.PolicyChanged("catalog", 7, mira),
                new MeshEvent.WeightChanged("catalog", "v2", new Weight(0), new Weight(10), 8, mira),
                new MeshEvent.RolloutMoved(
                        "catalog",
                        4,
                        "v2",
                        RolloutPhase.RUNNING,
                        new Weight(10),
                        "The candidate had no request in this step.",
                        RolloutCause.VERDICT,
                        new VerdictReason.NoRequests(),
                        "mira"),
                new MeshEvent.LoadChanged(200, 738, console),
                new MeshEvent.WeightChanged("catalog", "v2", new Weight(10), new Weight(30), 9, console),
                new MeshEvent.DrainChanged(
                        "cart", "cart-2", MeshEvent.Drain.DRAINING, new ChangeNote("mira", "new kernel")),
                new MeshEvent.InstancePowerChanged("ratings", "ratings-2", Switch.OFF, console),
                new MeshEvent.CallsDenied("checkout", "intruder", AccessDecision.DENIED, "", 24),
                new MeshEvent.AdoptionChanged("billing", "billing-1", 9_000, Switch.ON, new ChangeNote("mira", "")),
                new MeshEvent.InstanceLeft("ratings", "ratings-2", MeshEvent.Departure.EXPIRED),
                new MeshEvent.BreakerMoved(
                        new EdgeId("payment", "bank"),
                        "payment-1",
                        "bank-1",
                        BreakerState.CLOSED,
                        BreakerState.FORCED_OPEN,
                        "by mira: bank maintenance",
                        new CircuitReason.ByHand("mira", "bank maintenance")),
                new MeshEvent.EndpointEjected(
                        new EdgeId("catalog", "reviews"),
                        "catalog-1",
                        "reviews-2",
                        new EjectionStatus(
                                EjectionReason.FAILURES_IN_A_ROW,
                                "5 failures in a row",
                                1,
                                SnapshotFixtures.AT.minusSeconds(400),
                                SnapshotFixtures.AT.minusSeconds(371),
                                1,
                                3)),
                new MeshEvent.EndpointReturned(
                        new EdgeId("catalog", "reviews"),
                        "catalog-1",
                        "reviews-2",
                        "its time is over",
                        EjectionEnd.TIME_OVER),
                new MeshEvent.FaultSwitched("payment-burst", Switch.ON, console),
                new MeshEvent.BreakerMoved(
                        payment,
                        "checkout-1",
                        "payment-1",
                        BreakerState.CLOSED,
                        BreakerState.OPEN,
                        "5 failures in a row",
                        new CircuitReason.FailuresInARow(5)),
                new MeshEvent.BreakerMoved(
                        payment,
                        "checkout-1",
                        "payment-2",
                        BreakerState.CLOSED,
                        BreakerState.OPEN,
                        "5 failures in a row",
                        new CircuitReason.FailuresInARow(5)),
                new MeshEvent.BreakerMoved(
                        new EdgeId("checkout", "mailer"),
                        "checkout-1",
                        "mailer-1",
                        BreakerState.OPEN,
                        BreakerState.HALF_OPEN,
                        "open time over",
                        new CircuitReason.OpenTimeOver()));
        List<RecordedEvent> recorded = new ArrayList<>();
        for (MeshEvent event : happened) {
            int sequence = recorded.size() + 1;
            recorded.add(new RecordedEvent(
                    sequence, SnapshotFixtures.AT.minusSeconds(37L * (happened.size() - sequence) + 5), event));
        }
        return recorded;
    }

    private static InstanceStatus lived(InstanceStatus instance, Random random) {
        ServiceInstance was = instance.instance();
        String id = was.instanceId();
        boolean stopped = id.equals("ratings-2");
        Instant beat = was.lastHeartbeat().minusMillis(stopped ? 64_000 : random.nextInt(4_800));
        return new InstanceStatus(
                new ServiceInstance(
                        was.serviceName(),
                        id,
                        was.host(),
                        was.port(),
                        was.protocol(),
                        was.metadata(),
                        was.health(),
                        was.registeredAt(),
                        beat),
                instance.health(),
                id.equals("cart-2") ? InstanceStatus.Serving.DRAINING : instance.serving(),
                stopped
                        ? InstanceStatus.RunState.STOPPED
                        : was.serviceName().equals("bank") ? InstanceStatus.RunState.NOT_MANAGED : instance.running(),
                stopped || id.equals("cart-2") ? TrafficStats.NONE : instance.stats(),
                stopped ? 0 : (int) Math.round(instance.stats().requestsPerSecond() / 60));
    }

    private static MeshSnapshot at(MeshSnapshot last, int second, Random random) {
        int before = SECONDS - second;
        if (before == 0) {
            return last;
        }
        return new MeshSnapshot(
                last.sequence() - before,
                last.eventSequence(),
                last.at().minusSeconds(before),
                last.mesh(),
                last.startedAt(),
                wander(last.totals(), random),
                last.meshHops(),
                last.securedHops(),
                last.services().stream()
                        .map(service -> new ServiceStatus(
                                service.name(),
                                service.kind(),
                                service.protocol(),
                                service.health(),
                                service.stats(),
                                service.versions().stream()
                                        .map(version -> new VersionStatus(
                                                version.version(),
                                                version.health(),
                                                wander(version.stats(), random),
                                                version.instances()))
                                        .toList()))
                        .toList(),
                last.edges(),
                last.breakers().stream()
                        .map(breaker -> breaker(breaker, before, random))
                        .toList(),
                last.splits(),
                last.scenario());
    }

    private static TrafficStats wander(TrafficStats stats, Random random) {
        Latency was = stats.latency();
        double longer = random.nextDouble(0.9, 1.12);
        return new TrafficStats(
                stats.requestsPerSecond() * random.nextDouble(0.97, 1.03),
                stats.requests(),
                Math.min(
                        stats.requests(),
                        Math.round(stats.requests() * random.nextDouble(0, 0.005)) + stats.failures()),
                stats.totalRequests(),
                stats.totalFailures(),
                was == null
                        ? null
                        : new Latency(
                                was.p50Nanos(), was.p90Nanos(), Math.round(was.p99Nanos() * longer), was.maxNanos()));
    }

    private static BreakerStatus breaker(BreakerStatus last, int before, Random random) {
        boolean yet = before <= 23;
        boolean ill = last.state() != BreakerState.CLOSED && last.state() != BreakerState.DISABLED;
        long failures = ill
                ? Math.round(last.calls() * (yet ? 0.3 : 0.004) * random.nextDouble(0.8, 1.2))
                : Math.round(last.failures() * random.nextDouble(0.6, 1.4));
        return new BreakerStatus(
                last.edge(),
                last.sourceInstance(),
                last.endpoint(),
                ill && !yet ? BreakerState.CLOSED : last.state(),
                last.since(),
                last.nextProbe(),
                last.failuresInARow(),
                last.trialsAdmitted(),
                last.trialsSucceeded(),
                last.config(),
                last.calls(),
                Math.min(failures, last.calls()),
                last.refused(),
                last.note(),
                last.ejection());
    }
}
