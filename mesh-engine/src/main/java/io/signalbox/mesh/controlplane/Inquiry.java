package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.explain.CallOrder;
import io.signalbox.mesh.explain.DryDecision;
import io.signalbox.mesh.explain.DryDecision.OpenCircuit;
import io.signalbox.mesh.explain.DryRequest;
import io.signalbox.mesh.explain.DryRun;
import io.signalbox.mesh.explain.ExplainedRequest;
import io.signalbox.mesh.explain.KeptRequest;
import io.signalbox.mesh.explain.RequestFilter;
import io.signalbox.mesh.explain.RequestLine;
import io.signalbox.mesh.explain.RequestLog;
import io.signalbox.mesh.explain.Tap;
import io.signalbox.mesh.explain.TraceLine;
import io.signalbox.mesh.mirror.MirrorLog;
import io.signalbox.mesh.mirror.MirrorStatus;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.MeshConfig;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.model.UnknownNameException;
import io.signalbox.mesh.model.status.EjectionStatus;
import io.signalbox.mesh.time.Ticker;
import io.signalbox.mesh.trace.Span;
import io.signalbox.mesh.trace.SpanLog;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Answers what became of single requests, and what would become of one. Safe from any thread. */
public final class Inquiry {

    private final List<RequestLog<?>> logs;
    private final Function<SidecarName, Optional<Instant>> awaySince;
    private final SpanLog spans;
    private final MirrorLog mirrors;
    private final Supplier<MeshConfig> config;
    private final Supplier<List<MeshPicture.Sidecar>> sidecars;
    private final Ticker ticker;

    /**
     * @param logs of this process, and of what others told
     * @param sidecars with their circuits as last reported
     * @param awaySince since when a sidecar that told something has been gone
     */
    Inquiry(
            List<RequestLog<?>> logs,
            SpanLog spans,
            MirrorLog mirrors,
            Supplier<MeshConfig> config,
            Supplier<List<MeshPicture.Sidecar>> sidecars,
            Function<SidecarName, Optional<Instant>> awaySince,
            Ticker ticker) {
        this.logs = List.copyOf(logs);
        this.awaySince = awaySince;
        this.spans = spans;
        this.mirrors = mirrors;
        this.config = config;
        this.sidecars = sidecars;
        this.ticker = ticker;
    }

    /** At most {@code limit} requests that the filter takes, those that ended last first. */
    public List<RequestLine> newest(RequestFilter filter, int limit) {
        return logs.stream()
                .flatMap(log -> log.newest(filter, limit).stream())
                .sorted(Comparator.comparing(KeptRequest::end).reversed())
                .limit(limit)
                .map(KeptRequest::line)
                .toList();
    }

    /** Follows the requests that end from now on. */
    public Tap tap(RequestFilter filter) {
        return Tap.of(filter, logs, ticker);
    }

    /** Tells the listener, which must be quick, of each request that is kept; run the answer to stop. */
    public Runnable listen(Runnable listener) {
        List<Runnable> leaving = logs.stream().map(log -> log.listen(listener)).toList();
        return () -> leaving.forEach(Runnable::run);
    }

    /**
     * Every hop of the trace, in the order of the calls.
     *
     * @param id a request's or a trace's
     * @throws UnknownNameException when no record of it is held
     */
    public List<ExplainedRequest> explain(String id) {
        Set<String> traces =
                logs.stream().flatMap(log -> log.traces(id).stream()).collect(Collectors.toSet());
        List<KeptRequest> hops = logs.stream()
                .<KeptRequest>flatMap(log -> log.hops(traces).stream())
                .toList();
        if (hops.isEmpty()) {
            throw unheld("request", id);
        }
        List<Span> held = hops.stream()
                .map(KeptRequest::traceId)
                .distinct()
                .flatMap(trace -> spans.trace(trace).stream())
                .toList();
        return CallOrder.explain(hops, held).stream().map(this::withTeller).toList();
    }

    private ExplainedRequest withTeller(ExplainedRequest hop) {
        RequestLine line = hop.request();
        SidecarName teller = line.sourceInstance().isEmpty()
                ? new SidecarName(line.destination(), String.valueOf(line.endpoint()))
                : new SidecarName(line.source(), line.sourceInstance());
        return awaySince.apply(teller).map(hop::awaySince).orElse(hop);
    }

    /** Where a request would go now; nothing is sent. */
    public DryDecision explain(DryRequest request) {
        DryDecision decision = DryRun.decide(request, config.get());
        return decision.withCircuits(openCircuits(decision.service(), request.source()));
    }

    /**
     * How a service's mirror answers beside what callers get.
     *
     * @throws UnknownNameException when no sidecar of this process has begun to compare any
     */
    public MirrorStatus mirror(String service) {
        return mirrors.status(service)
                .orElseThrow(() -> new UnknownNameException("mirror with a diff", service, mirrors.services()));
    }

    /** At most {@code limit} traces, the youngest first. */
    public List<TraceLine> traces(int limit) {
        return TraceLine.of(spans.recent(Integer.MAX_VALUE), limit);
    }

    /**
     * The spans of one trace, by start.
     *
     * @throws UnknownNameException when none is held
     */
    public List<Span> trace(String id) {
        List<Span> trace = spans.trace(id);
        if (trace.isEmpty()) {
            throw unheld("trace", id);
        }
        return trace;
    }

    /** The list of what is held would help nobody: say what is kept instead. */
    private UnknownNameException unheld(String kind, String id) {
        List<String> youngest = newest(RequestFilter.ALL, 3).stream()
                .map(line -> line.id() == null ? line.traceId() : line.id())
                .toList();
        return new UnknownNameException(kind, id, youngest);
    }

    private List<OpenCircuit> openCircuits(String service, @Nullable String source) {
        return sidecars.get().stream()
                .filter(sidecar -> source == null || sidecar.service().equals(source))
                .flatMap(sidecar -> sidecar.circuits().stream()
                        .filter(circuit -> circuit.destination().equals(service))
                        .filter(Inquiry::isInTheWay)
                        .filter(this::mayServe)
                        .map(circuit -> new OpenCircuit(
                                sidecar.instanceId(),
                                circuit.endpoint(),
                                circuit.state(),
                                isClosed(circuit) ? null : circuit.why(),
                                whyEjected(circuit))))
                .sorted(Comparator.comparing(OpenCircuit::sourceInstance).thenComparing(OpenCircuit::endpoint))
                .toList();
    }

    private boolean mayServe(CircuitReport circuit) {
        ServiceConfig service = config.get().services().get(circuit.destination());
        return service != null
                && service.endpoints().stream()
                        .anyMatch(endpoint -> endpoint.instanceId().equals(circuit.endpoint()));
    }

    private static boolean isInTheWay(CircuitReport circuit) {
        return !isClosed(circuit) || circuit.ejection() != null;
    }

    private static @Nullable String whyEjected(CircuitReport circuit) {
        EjectionStatus ejection = circuit.ejection();
        return ejection == null ? null : ejection.why();
    }

    private static boolean isClosed(CircuitReport circuit) {
        return circuit.state() == BreakerState.CLOSED || circuit.state() == BreakerState.DISABLED;
    }
}
