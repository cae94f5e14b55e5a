package io.signalbox.mesh.controlplane;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.signalbox.mesh.client.attach.Acknowledgement;
import io.signalbox.mesh.client.attach.CircuitOrder;
import io.signalbox.mesh.client.attach.MeshUpdate;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.metrics.AccessInterval;
import io.signalbox.mesh.metrics.EdgeInterval;
import io.signalbox.mesh.metrics.EdgeKey;
import io.signalbox.mesh.model.BreakerCommand;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.MeshConfig;
import io.signalbox.mesh.model.status.ServiceKind;
import io.signalbox.mesh.resilience.Opening;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * The control plane's end of a sidecar in another process: what is to be sent to it, and what it told of itself. Safe
 * from any thread; one thread takes what is to be sent.
 */
public final class AttachedSidecar implements SidecarLink, SidecarFeed.Follower {

    /** What may wait for a slow reader before it is told everything anew. */
    private static final int MOST_WAITING = 256;

    /** What goes out whatever becomes of the mesh's own frames. */
    private static final Set<String> APART = Set.of(MeshUpdate.CIRCUIT, MeshUpdate.TRUST);

    private final String service;
    private final String instanceId;
    private final ServiceKind kind;
    private final Instant since;
    private final LinkedBlockingQueue<SidecarFeed.Frame> waiting = new LinkedBlockingQueue<>();
    private volatile Acknowledgement acknowledged;
    private volatile boolean ended;

    @GuardedBy("this")
    private final List<EdgeInterval> untold = new ArrayList<>();

    /** What was in flight when the sidecar last told; it tells less often than it is asked. */
    @GuardedBy("this")
    private Map<EdgeKey, EdgeInterval> resting = new HashMap<>();

    @GuardedBy("this")
    private List<CircuitReport> circuits = List.of();

    @GuardedBy("this")
    private final List<AccessInterval> access = new ArrayList<>();

    AttachedSidecar(String service, String instanceId, ServiceKind kind, Instant since) {
        this.service = service;
        this.instanceId = instanceId;
        this.kind = kind;
        this.since = since;
        this.acknowledged = new Acknowledgement(service, instanceId, 0, List.of(), null);
    }

    /** One event to be sent. */
    public record Sending(String event, long revision, String text) {}

    /** The next event; empty when none came within that time. */
    public Optional<Sending> next(Duration longest) throws InterruptedException {
        SidecarFeed.Frame frame = waiting.poll(longest.toMillis(), TimeUnit.MILLISECONDS);
        return Optional.ofNullable(frame).map(it -> new Sending(it.event(), it.revision(), it.text()));
    }

    /** Whether another stream took this one's place. */
    public boolean ended() {
        return ended;
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

    /** Does nothing: it is told by the feed, which says what changed. */
    @Override
    public void apply(MeshConfig config) {}

    @Override
    public synchronized SidecarReport report() {
        List<EdgeInterval> edges = new ArrayList<>(untold);
        if (untold.isEmpty()) {
            edges.addAll(resting.values());
        }
        untold.clear();
        SidecarReport report = new SidecarReport(edges, circuits, access);
        access.clear();
        return report;
    }

    /** The order is on its way when this returns; the circuit has moved when the sidecar next tells. */
    @Override
    public int breaker(String endpointInstance, BreakerCommand command, ChangeNote note) {
        if (ended) {
            return 0;
        }
        waiting.add(new SidecarFeed.Frame(
                MeshUpdate.CIRCUIT,
                0,
                Json.text(new CircuitOrder(endpointInstance, command, note.by(), note.reason()))));
        return 1;
    }

    /** Not told by attached sidecars yet. */
    @Override
    public Optional<Opening> lastOpening(String endpointInstance) {
        return Optional.empty();
    }

    @Override
    public boolean offer(SidecarFeed.Frame frame) {
        return waiting.size() < MOST_WAITING && waiting.add(frame);
    }

    @Override
    public void restart(SidecarFeed.Frame whole) {
        waiting.removeIf(frame -> !APART.contains(frame.event()));
        waiting.add(whole);
    }

    /** What is no part of the mesh's own revisions. */
    void tell(SidecarFeed.Frame frame) {
        waiting.add(frame);
    }

    synchronized void told(SidecarReport report) {
        untold.addAll(report.edges());
        access.addAll(report.access());
        circuits = report.circuits();
        Map<EdgeKey, EdgeInterval> inFlight = new HashMap<>();
        report.edges().stream()
                .filter(edge -> edge.inFlight() > 0)
                .forEach(edge -> inFlight.put(edge.key(), withoutCalls(edge)));
        resting = inFlight;
    }

    void acknowledged(Acknowledgement now) {
        acknowledged = now;
    }

    Acknowledgement acknowledged() {
        return acknowledged;
    }

    Instant since() {
        return since;
    }

    void end() {
        ended = true;
    }

    private static EdgeInterval withoutCalls(EdgeInterval edge) {
        return new EdgeInterval(
                edge.key(), Map.of(), Map.of(), 0, new Histogram(edge.latency()), edge.inFlight(), edge.inFlight());
    }
}
