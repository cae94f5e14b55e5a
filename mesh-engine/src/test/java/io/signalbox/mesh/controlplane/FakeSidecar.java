package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.metrics.Channel;
import io.signalbox.mesh.metrics.EdgeRecorder;
import io.signalbox.mesh.metrics.SidecarMetrics;
import io.signalbox.mesh.model.AccessDecision;
import io.signalbox.mesh.model.AnsweredBy;
import io.signalbox.mesh.model.BreakerCommand;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.model.MeshConfig;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.model.status.EjectionStatus;
import io.signalbox.mesh.model.status.ServiceKind;
import io.signalbox.mesh.resilience.Opening;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A sidecar whose traffic a test makes up, counted by the real metrics. */
public class FakeSidecar implements SidecarLink {

    private final CountDownLatch asked = new CountDownLatch(1);
    private volatile CompletableFuture<Void> held = CompletableFuture.completedFuture(null);

    private final String service;
    private final String instanceId;
    private final ServiceKind kind;
    private final SidecarMetrics metrics;
    private final Map<String, CircuitReport> circuits = new LinkedHashMap<>();
    private final Map<String, Opening> openings = new HashMap<>();
    private final Map<String, EjectionStatus> ejections = new HashMap<>();
    private MeshConfig config = MeshConfig.EMPTY;
    private int applied;
    private @Nullable RuntimeException defect;

    public FakeSidecar(String service, String instanceId, ServiceKind kind) {
        this.service = service;
        this.instanceId = instanceId;
        this.kind = kind;
        this.metrics = new SidecarMetrics(service, instanceId, List::of);
    }

    /** Makes calls that took one millisecond each and were answered 200 over mutual TLS. */
    public FakeSidecar calls(int count, String destination, String version, String endpoint) {
        return calls(count, destination, version, endpoint, 200, Duration.ofMillis(1));
    }

    public FakeSidecar calls(
            int count, String destination, String version, String endpoint, int status, Duration took) {
        EdgeRecorder edge = metrics.edge(destination, version, endpoint, Protocol.HTTP, Channel.MTLS);
        for (int i = 0; i < count; i++) {
            edge.begin();
            edge.splitDraw();
            edge.end(status, AnsweredBy.UPSTREAM, null, took.toNanos());
        }
        return this;
    }

    public FakeSidecar plainCalls(int count, String destination, String endpoint) {
        EdgeRecorder edge = metrics.edge(destination, "v1", endpoint, Protocol.HTTP, Channel.PLAIN);
        for (int i = 0; i < count; i++) {
            edge.begin();
            edge.end(200, AnsweredBy.UPSTREAM, null, 1_000_000);
        }
        return this;
    }

    public FakeSidecar answeredByMesh(int count, String destination, int status, Cause cause) {
        EdgeRecorder edge = metrics.edge(destination, "", "", Protocol.HTTP, Channel.PLAIN);
        for (int i = 0; i < count; i++) {
            edge.begin();
            edge.end(status, AnsweredBy.MESH, cause, 1_000_000);
        }
        return this;
    }

    /** Connections that ended like this; {@code null} stands for a proper end. */
    public FakeSidecar streams(int count, String destination, String endpoint, @Nullable Cause cause) {
        EdgeRecorder edge = metrics.edge(destination, "v1", endpoint, Protocol.TCP, Channel.MTLS);
        for (int i = 0; i < count; i++) {
            edge.begin();
            edge.streamEnded(cause, 1_000_000);
        }
        return this;
    }

    /** Connections whose version a split chose, of which some have ended. */
    public FakeSidecar drawnStreams(int ended, int open, String destination, String version, String endpoint) {
        EdgeRecorder edge = metrics.edge(destination, version, endpoint, Protocol.TCP, Channel.MTLS);
        for (int i = 0; i < ended + open; i++) {
            edge.begin();
            edge.splitDraw();
        }
        for (int i = 0; i < ended; i++) {
            edge.streamEnded(null, 1_000_000);
        }
        return this;
    }

    /** Calls whose version a rule chose. */
    public FakeSidecar ruled(int count, String destination, String version, String endpoint) {
        EdgeRecorder edge = metrics.edge(destination, version, endpoint, Protocol.HTTP, Channel.MTLS);
        for (int i = 0; i < count; i++) {
            edge.begin();
            edge.end(200, AnsweredBy.UPSTREAM, null, 1_000_000);
        }
        return this;
    }

    /** Calls whose version a split chose, and that the mesh then refused. */
    public FakeSidecar refused(int count, String destination, String version) {
        EdgeRecorder edge = metrics.edge(destination, version, "", Protocol.HTTP, Channel.PLAIN);
        for (int i = 0; i < count; i++) {
            edge.begin();
            edge.splitDraw();
            edge.end(503, AnsweredBy.MESH, Cause.BREAKER_OPEN, 1_000);
        }
        return this;
    }

    public FakeSidecar hanging(int count, String destination, String version, String endpoint) {
        EdgeRecorder edge = metrics.edge(destination, version, endpoint, Protocol.HTTP, Channel.MTLS);
        for (int i = 0; i < count; i++) {
            edge.begin();
        }
        return this;
    }

    public FakeSidecar circuit(String destination, String endpoint, BreakerState state, @Nullable String note) {
        circuits.put(
                endpoint,
                new CircuitReport(
                        destination,
                        endpoint,
                        state,
                        Instant.parse("2026-01-01T00:00:00Z"),
                        null,
                        0,
                        0,
                        0,
                        CircuitBreakerConfig.DEFAULT,
                        0,
                        note,
                        state == BreakerState.OPEN ? "5 failures in a row" : null,
                        ejections.get(endpoint)));
        return this;
    }

    /** Lets that endpoint be left out, as long as its circuit is put after this. */
    public FakeSidecar ejected(String endpoint, EjectionStatus ejection) {
        ejections.put(endpoint, ejection);
        return this;
    }

    /** Lets the circuit to that endpoint have opened once. */
    public FakeSidecar opened(String endpoint, Opening opening) {
        openings.put(endpoint, opening);
        return this;
    }

    @Override
    public CompletableFuture<Optional<LastOpening>> lastOpening(String endpointInstance) {
        return CompletableFuture.completedFuture(
                Optional.ofNullable(openings.get(endpointInstance)).map(LastOpening.Held::new));
    }

    public MeshConfig config() {
        return config;
    }

    /** What it was told of one service. */
    public ServiceConfig config(String destination) {
        return Optional.ofNullable(config.services().get(destination)).orElseThrow();
    }

    public int applied() {
        return applied;
    }

    @Override
    public String service() {
        return service;
    }

    @Override
    public String instanceId() {
        return instanceId;
    }

    @Override
    public ServiceKind kind() {
        return kind;
    }

    @Override
    public void apply(MeshConfig next) {
        config = next;
        applied++;
    }

    /** A call of that service arrived, and the policy made that of it. */
    public void arrived(String source, AccessDecision decision, @Nullable String rule) {
        metrics.access().count(source, "spiffe://test/service/" + source, decision, rule, "GET", "/items");
    }

    /** Lets its reports fail from now on; {@code null} lets them succeed again. */
    public void failing(@Nullable RuntimeException with) {
        defect = with;
    }

    @Override
    public SidecarReport report() {
        if (defect != null) {
            throw defect;
        }
        return new SidecarReport(
                metrics.drain(),
                List.copyOf(circuits.values()),
                metrics.access().drain());
    }

    @Override
    public CompletableFuture<Integer> breaker(List<String> endpointInstances, BreakerCommand command, ChangeNote note) {
        asked.countDown();
        return held.thenApply(_ -> endpointInstances.stream()
                .mapToInt(endpoint -> move(endpoint, command, note))
                .sum());
    }

    /** Answers nothing from now on, until the answer is completed. */
    CompletableFuture<Void> hold() {
        held = new CompletableFuture<>();
        return held;
    }

    boolean isAsked() {
        return asked.getCount() == 0;
    }

    private int move(String endpointInstance, BreakerCommand command, ChangeNote note) {
        CircuitReport circuit = circuits.get(endpointInstance);
        if (circuit == null) {
            return 0;
        }
        circuit(
                circuit.destination(),
                endpointInstance,
                switch (command) {
                    case OPEN -> BreakerState.FORCED_OPEN;
                    case CLOSE, RESET -> BreakerState.CLOSED;
                },
                note.reason());
        return 1;
    }
}
