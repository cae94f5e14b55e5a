package io.signalbox.mesh.controlplane;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.signalbox.mesh.client.attach.Acknowledgement;
import io.signalbox.mesh.client.attach.ChangeForm;
import io.signalbox.mesh.client.attach.CircuitAnswer;
import io.signalbox.mesh.client.attach.CircuitOrder;
import io.signalbox.mesh.client.attach.CircuitQuestion;
import io.signalbox.mesh.client.attach.MeshUpdate;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.metrics.AccessInterval;
import io.signalbox.mesh.metrics.CopyInterval;
import io.signalbox.mesh.metrics.EdgeInterval;
import io.signalbox.mesh.metrics.EdgeKey;
import io.signalbox.mesh.model.BreakerCommand;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.Counted;
import io.signalbox.mesh.model.MeshConfig;
import io.signalbox.mesh.model.status.ServiceKind;
import io.signalbox.mesh.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/**
 * The control plane's end of a sidecar in another process: what is to be sent to it, and what it told of itself. Safe
 * from any thread; one thread takes what is to be sent.
 */
public final class AttachedSidecar implements SidecarLink, SidecarFeed.Follower {

    /** What may wait for a slow reader before it is told everything anew. */
    private static final int MOST_WAITING = 256;

    /** Callers' decisions that are told between two looks at them. */
    private static final int MOST_UNCOLLECTED = 2 * KnownNames.MOST_ACCESS;

    private static final long NOTHING = -1;
    private static final int MOST_REFUSALS = 20;
    private static final int LONGEST_REFUSAL = 300;

    /** What goes out whatever becomes of the mesh's own frames. */
    private static final Set<String> APART = Set.of(MeshUpdate.CIRCUIT, MeshUpdate.AUTOPSY, MeshUpdate.TRUST);

    private final String service;
    private final String instanceId;
    private final ServiceKind kind;
    private final ChangeForm form;
    private final Instant since;
    private final LinkedBlockingQueue<Waiting> waiting = new LinkedBlockingQueue<>();
    private volatile Acknowledgement acknowledged;
    private volatile boolean ended;

    /** The revision of everything that was taken last. For the thread that takes. */
    private long whole = NOTHING;

    @GuardedBy("this")
    private final Map<EdgeKey, EdgeInterval> untold = new LinkedHashMap<>();

    /** What was in flight when the sidecar last told; it tells less often than it is asked. */
    @GuardedBy("this")
    private Map<EdgeKey, EdgeInterval> resting = Map.of();

    @GuardedBy("this")
    private List<CircuitReport> circuits = List.of();

    /** Of a telling of which pieces are still to come, by the endpoint that the circuit guards. */
    @GuardedBy("this")
    private final Map<String, CircuitReport> arriving = new LinkedHashMap<>();

    @GuardedBy("this")
    private final Map<EdgeKey, EdgeInterval> inFlight = new HashMap<>();

    @GuardedBy("this")
    private final List<AccessInterval> access = new ArrayList<>();

    @GuardedBy("this")
    private final List<CopyInterval> copies = new ArrayList<>();

    private final Allowance allowance;
    private final AtomicLong questions = new AtomicLong();
    private final Map<Long, CompletableFuture<CircuitAnswer>> asked = new ConcurrentHashMap<>();
    private final AtomicLong untoldDetails = new AtomicLong();

    AttachedSidecar(
            String service, String instanceId, ServiceKind kind, ChangeForm form, Instant since, Ticker ticker) {
        this.allowance = new Allowance(ticker);
        this.service = service;
        this.instanceId = instanceId;
        this.kind = kind;
        this.form = form;
        this.since = since;
        this.acknowledged = new Acknowledgement(service, instanceId, 0, List.of(), null);
    }

    /**
     * One event to be sent.
     *
     * @param data its JSON; one array for all who get it
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody changes it, and nobody compares
    public record Sending(String event, long revision, byte[] data) {}

    /** An event in the queue, which is not written down before it is taken. */
    private record Waiting(String event, Supplier<SidecarFeed.Frame> frame) {

        static Waiting of(SidecarFeed.Frame frame) {
            return new Waiting(frame.event(), () -> frame);
        }
    }

    /** The next event; empty when none came within that time. */
    public Optional<Sending> next(Duration longest) throws InterruptedException {
        Waiting next = waiting.poll(longest.toMillis(), TimeUnit.MILLISECONDS);
        while (next != null) {
            SidecarFeed.Frame frame = next.frame().get();
            boolean apart = APART.contains(frame.event());
            if (apart || frame.revision() > whole) {
                whole = frame.event().equals(MeshUpdate.MESH) ? frame.revision() : whole;
                return Optional.of(new Sending(frame.event(), frame.revision(), frame.data()));
            }
            // It came before everything was written down, which it is a part of.
            next = waiting.poll(longest.toMillis(), TimeUnit.MILLISECONDS);
        }
        return Optional.empty();
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

    @Override
    public boolean takesWhole() {
        return false;
    }

    /** Does nothing: it is told by the feed, which says what changed. */
    @Override
    public void apply(MeshConfig config) {}

    @Override
    public synchronized SidecarReport report() {
        List<EdgeInterval> edges = new ArrayList<>(untold.values());
        if (untold.isEmpty()) {
            edges.addAll(resting.values());
        }
        untold.clear();
        SidecarReport report = new SidecarReport(edges, circuits, access, copies);
        access.clear();
        copies.clear();
        return report;
    }

    /** The order is on its way when this returns. */
    @Override
    public CompletableFuture<Integer> breaker(List<String> endpointInstances, BreakerCommand command, ChangeNote note) {
        return ask(
                        MeshUpdate.CIRCUIT,
                        question -> new CircuitOrder(endpointInstances, command, note.by(), note.reason(), question))
                .thenApply(answer -> Math.clamp(answer.moved(), 0, endpointInstances.size()));
    }

    @Override
    public CompletableFuture<Optional<LastOpening>> lastOpening(String endpointInstance) {
        return ask(MeshUpdate.AUTOPSY, question -> new CircuitQuestion(endpointInstance, question))
                .thenApply(answer -> Optional.ofNullable(answer.autopsy())
                        .filter(Believable::is)
                        .map(LastOpening.Told::new));
    }

    /** What nobody asked, or no longer waits for, is left out. */
    void answered(CircuitAnswer answer) {
        CompletableFuture<CircuitAnswer> asking = asked.remove(answer.question());
        if (asking != null) {
            asking.complete(answer);
        }
    }

    /** An answer that nobody waits for any more makes room for the next question. */
    private CompletableFuture<CircuitAnswer> ask(String event, LongFunction<Object> question) {
        long number = questions.incrementAndGet();
        CompletableFuture<CircuitAnswer> asking = new CompletableFuture<>();
        asked.put(number, asking);
        CompletableFuture<CircuitAnswer> _ = asking.orTimeout(2 * Answers.PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((_, _) -> asked.remove(number));
        if (ended || waiting.size() >= MOST_WAITING) {
            asking.completeExceptionally(new SilentSidecarException("nothing was asked", List.of(instanceId)));
        } else {
            tell(new SidecarFeed.Frame(event, 0, Json.text(question.apply(number))));
        }
        return asking;
    }

    @Override
    public ChangeForm form() {
        return form;
    }

    @Override
    public boolean offer(SidecarFeed.Frame frame) {
        return waiting.size() < MOST_WAITING && waiting.add(Waiting.of(frame));
    }

    @Override
    public void restart(Supplier<SidecarFeed.Frame> everything) {
        waiting.removeIf(frame -> !APART.contains(frame.event()));
        waiting.add(new Waiting(MeshUpdate.MESH, everything));
    }

    /** What is no part of the mesh's own revisions. */
    void tell(SidecarFeed.Frame frame) {
        waiting.add(Waiting.of(frame));
    }

    Allowance allowance() {
        return allowance;
    }

    /** So many more requests, spans and moves of circuits will never be seen. */
    void untold(long more) {
        untoldDetails.accumulateAndGet(more, Counted::sum);
    }

    /** How many requests, spans and moves of circuits were not told, or not taken, since it attached. */
    long untold() {
        return untoldDetails.get();
    }

    /**
     * What comes faster than it is collected is left out. Where its circuits stand, and what is in flight, holds once the last
     * piece has come.
     */
    synchronized void told(SidecarReport report, SidecarTelemetry.Piece piece) {
        if (piece.isFirst()) {
            // One that is told no more of is at rest.
            untold.replaceAll((_, edge) -> edge.atRest());
            arriving.clear();
            inFlight.clear();
        }
        for (EdgeInterval edge : report.edges()) {
            KnownNames.add(untold, edge, EdgeInterval::then);
            if (edge.inFlight() > 0) {
                KnownNames.add(inFlight, edge.withoutCalls(), EdgeInterval::and);
            }
        }
        if (access.size() < MOST_UNCOLLECTED) {
            access.addAll(report.access());
        }
        if (copies.size() < KnownNames.MOST_EDGES) {
            copies.addAll(report.copies());
        }
        report.circuits().forEach(circuit -> arriving.put(circuit.destination() + ' ' + circuit.endpoint(), circuit));
        if (piece.isLast()) {
            circuits = List.copyOf(arriving.values());
            resting = Map.copyOf(inFlight);
        }
    }

    void acknowledged(Acknowledgement now) {
        List<Acknowledgement.Refusal> refused = now.refused().stream()
                .limit(MOST_REFUSALS)
                .map(refusal ->
                        new Acknowledgement.Refusal(cut(refusal.service()), refusal.revision(), cut(refusal.why())))
                .toList();
        acknowledged = new Acknowledgement(now.service(), now.instance(), now.revision(), refused, now.identity());
    }

    private static String cut(String words) {
        return words.length() > LONGEST_REFUSAL ? words.substring(0, LONGEST_REFUSAL) : words;
    }

    Acknowledgement acknowledged() {
        return acknowledged;
    }

    Instant since() {
        return since;
    }

    void end() {
        ended = true;
        asked.values()
                .forEach(asking ->
                        asking.completeExceptionally(new SilentSidecarException("it has gone", List.of(instanceId))));
    }
}
