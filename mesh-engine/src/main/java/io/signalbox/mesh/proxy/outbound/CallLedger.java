package io.signalbox.mesh.proxy.outbound;

import io.signalbox.mesh.explain.AttemptRecord;
import io.signalbox.mesh.explain.Candidate;
import io.signalbox.mesh.explain.DecisionRecord;
import io.signalbox.mesh.explain.HeldHead;
import io.signalbox.mesh.explain.Kept;
import io.signalbox.mesh.metrics.Channel;
import io.signalbox.mesh.metrics.EdgeKey;
import io.signalbox.mesh.metrics.EdgeRecorder;
import io.signalbox.mesh.model.AnsweredBy;
import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.RetryCondition;
import io.signalbox.mesh.proxy.failure.FailureResponder;
import io.signalbox.mesh.proxy.transport.IncomingHead;
import io.signalbox.mesh.proxy.transport.MessageHeaders;
import io.signalbox.mesh.routing.RouteDecision;
import io.signalbox.mesh.routing.RouteReason;
import io.signalbox.mesh.routing.RouteSource;
import io.signalbox.mesh.routing.RouteTable;
import io.signalbox.mesh.routing.StableKeys;
import io.signalbox.mesh.trace.RequestId;
import io.signalbox.mesh.trace.Span;
import io.signalbox.mesh.trace.TraceContext;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes one call down, once: in the metrics of the edge it took last, as a span, and as what was decided about it. */
final class CallLedger {

    private static final long NOT_YET = -1;
    private static final int SERVER_ERROR = 500;

    private final OutboundRequests.Environment environment;
    private final IncomingHead head;
    private final TraceContext trace;
    private final long startNanos;
    private boolean closed;
    private @Nullable EdgeRecorder edge;
    private String destination = EdgeKey.UNKNOWN;
    private @Nullable RouteTable table;
    private @Nullable RouteDecision decision;
    private StableKeys keys = StableKeys.NONE;
    private @Nullable MessageHeaders sentOn;
    private @Nullable AttemptNotes last;
    private List<Candidate> refusedBy = List.of();
    private @Nullable Mirroring mirror;
    private boolean drawn;
    private boolean untilHead;
    private long headNanos = NOT_YET;

    CallLedger(OutboundRequests.Environment environment, IncomingHead head, TraceContext trace) {
        this.environment = environment;
        this.head = head;
        this.trace = trace;
        this.startNanos = environment.ticker().nanos();
    }

    /** Of {@code X-Request-ID}; {@code null} before it has one. */
    @Nullable
    String requestId() {
        MessageHeaders fields = sentOn;
        return (fields == null ? head.headers() : fields).first(RequestId.HEADER);
    }

    /** The configuration that the call keeps to its end. */
    void decidedBy(RouteTable inForce) {
        table = inForce;
    }

    /** @param known the stable keys that it was decided by */
    void routed(RouteDecision.Routed routed, StableKeys known) {
        decision = routed;
        keys = known;
        destination = routed.config().service();
        drawn = routed.reason() instanceof RouteReason.BySplit;
    }

    /** What goes to the endpoints; it holds the request's id. */
    void sentOnWith(MessageHeaders fields) {
        sentOn = fields;
    }

    /** Whether copies are made of it, if it is drawn; what fails before there is an answer is counted then. */
    boolean isCopied(@Nullable Mirroring mirroring) {
        mirror = mirroring == null || !mirroring.concerns(head) ? null : mirroring;
        return mirror != null;
    }

    void follows(AttemptNotes attempt) {
        attempt.after(last);
        last = attempt;
    }

    void refusedByCircuits() {
        if (decision instanceof RouteDecision.Routed routed) {
            refusedBy = new Candidates(routed, environment.circuits())
                    .refusing(environment.clock().instant());
        }
    }

    /** A rule gives the answer. */
    void answeredHere(RouteDecision.AnsweredHere answered, StableKeys known) {
        decision = answered;
        keys = known;
        destination = answered.config().service();
        nowhere(null);
    }

    /** Of several attempts the one at that endpoint is what the call goes on with. */
    void goesOn(Endpoint endpoint) {
        EdgeRecorder now = edge;
        if (now == null || !now.key().instanceId().equals(endpoint.instanceId())) {
            attempt(endpoint);
        }
    }

    /** The call is now under way to that endpoint. */
    void attempt(Endpoint endpoint) {
        untilHead = endpoint.protocol() == Protocol.GRPC;
        move(environment
                .metrics()
                .edge(
                        endpoint.service(),
                        endpoint.version(),
                        endpoint.instanceId(),
                        requested(endpoint.protocol()),
                        endpoint.secured() ? Channel.MTLS : Channel.PLAIN));
    }

    /** What is asked for by requests is not a stream of bytes, whatever it is registered as. */
    private static Protocol requested(Protocol registered) {
        return registered == Protocol.TCP ? Protocol.HTTP : registered;
    }

    /** The call reached no endpoint; a version only if one was chosen. */
    void nowhere(@Nullable String version) {
        move(environment.metrics().edge(destination, version == null ? "" : version, "", Protocol.HTTP, Channel.PLAIN));
    }

    void retrying(RetryCondition reason) {
        EdgeRecorder recorder = edge;
        if (recorder != null) {
            recorder.retry(reason);
        }
        if (reason != RetryCondition.HEDGE) {
            uncopied();
        }
    }

    /** The answer's head is passed on; a stream of gRPC may go on for hours from here, which is no latency. */
    void headCame() {
        if (untilHead) {
            headNanos = sinceStart();
        }
    }

    void ended(int status, AnsweredBy by, @Nullable Cause cause) {
        if (cause != null && status >= SERVER_ERROR && last != null) {
            uncopied();
        }
        close(status, by, cause);
    }

    private void uncopied() {
        Mirroring copying = mirror;
        if (copying != null) {
            copying.failed();
        }
    }

    void callerGone() {
        close(FailureResponder.CALLER_GONE_STATUS, AnsweredBy.MESH, Cause.CALLER_GONE);
    }

    private void move(EdgeRecorder next) {
        EdgeRecorder recorder = edge;
        if (recorder != null) {
            recorder.abandon();
        }
        next.begin();
        edge = next;
    }

    private void close(int status, AnsweredBy by, @Nullable Cause cause) {
        if (closed) {
            return;
        }
        closed = true;
        long whole = sinceStart();
        long duration = headNanos == NOT_YET ? whole : headNanos;
        if (edge == null) {
            nowhere(null);
        }
        EdgeRecorder recorder = edge;
        if (recorder != null) {
            if (drawn) {
                recorder.splitDraw();
            }
            recorder.end(status, by, cause, duration);
        }
        boolean sampled = environment.spans().wants(trace, status);
        if (sampled) {
            environment
                    .spans()
                    .add(Span.at(
                            trace,
                            Span.Kind.CLIENT,
                            environment.service(),
                            destination,
                            head.method() + " " + head.path(),
                            environment.clock().instant().minusNanos(whole),
                            whole,
                            status));
        }
        Kept kept = whyKept(status, cause, duration);
        if (kept != null) {
            environment.decisions().add(record(whole, status, by, cause, kept));
        } else if (sampled) {
            environment.decisions().add(record(whole, status, by, cause, Kept.SAMPLED));
        }
    }

    private @Nullable Kept whyKept(int status, @Nullable Cause cause, long duration) {
        AttemptNotes tried = last;
        return Kept.trouble(
                status,
                cause,
                tried == null ? 0 : tried.number(),
                duration,
                decision instanceof RouteDecision.Routed routed ? Kept.slowNanos(routed.timeout()) : Long.MAX_VALUE);
    }

    /** Made only for a call that is kept. */
    private DecisionRecord record(long whole, int status, AnsweredBy by, @Nullable Cause cause, Kept kept) {
        RouteTable inForce = table;
        Instant begin = environment.clock().instant().minusNanos(whole);
        return new DecisionRecord(
                trace,
                requestId(),
                begin,
                whole,
                inForce == null ? new RouteSource(environment.service(), null) : inForce.source(),
                environment.instance(),
                held(head),
                keys,
                destination,
                inForce == null ? 0 : inForce.revision(),
                decision,
                attempts(new AttemptNotes.Over(begin, startNanos, startNanos + whole, cause)),
                refusedBy,
                status,
                by,
                cause,
                kept,
                null);
    }

    private List<AttemptRecord> attempts(AttemptNotes.Over call) {
        if (!(decision instanceof RouteDecision.Routed routed)) {
            return List.of();
        }
        Candidates candidates = new Candidates(routed, environment.circuits());
        ArrayDeque<AttemptRecord> attempts = new ArrayDeque<>();
        for (AttemptNotes attempt = last; attempt != null; attempt = attempt.before()) {
            attempts.addFirst(attempt.record(call, candidates));
        }
        return List.copyOf(attempts);
    }

    private static HeldHead held(IncomingHead head) {
        HeldHead.Collector fields = new HeldHead.Collector();
        head.headers().forEach(fields::field);
        String host = head.host();
        return fields.head(head.method(), head.target(), host == null ? "" : host);
    }

    private long sinceStart() {
        return Math.max(0, environment.ticker().nanos() - startNanos);
    }
}
