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
import io.signalbox.mesh.trace.RequestId;
import io.signalbox.mesh.trace.Span;
import io.signalbox.mesh.trace.TraceContext;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes one call down, once: in the metrics of the edge it took last, as a span, and as what was decided about it. */
final class CallLedger {

    private static final long NOT_YET = -1;

    private final OutboundRequests.Environment environment;
    private final IncomingHead head;
    private final TraceContext trace;
    private final long startNanos;
    private boolean closed;
    private @Nullable EdgeRecorder edge;
    private String destination = EdgeKey.UNKNOWN;
    private long revision;
    private RouteDecision.@Nullable Routed route;
    private @Nullable MessageHeaders sentOn;
    private @Nullable AttemptNotes last;
    private List<Candidate> refusedBy = List.of();
    private boolean drawn;
    private boolean untilHead;
    private long headNanos = NOT_YET;

    CallLedger(OutboundRequests.Environment environment, IncomingHead head, TraceContext trace) {
        this.environment = environment;
        this.head = head;
        this.trace = trace;
        this.startNanos = environment.ticker().nanos();
    }

    /** The configuration that the call keeps to its end. */
    void decidedBy(long revisionInForce) {
        revision = revisionInForce;
    }

    void routed(RouteDecision.Routed routed) {
        route = routed;
        destination = routed.config().service();
        drawn = routed.reason() instanceof RouteReason.BySplit;
    }

    /** What goes to the endpoints; it holds the request's id. */
    void sentOnWith(MessageHeaders fields) {
        sentOn = fields;
    }

    void follows(AttemptNotes attempt) {
        attempt.after(last);
        last = attempt;
    }

    void refusedBy(List<Candidate> candidates) {
        refusedBy = candidates;
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
    }

    /** The answer's head is passed on; a stream of gRPC may go on for hours from here, which is no latency. */
    void headCame() {
        if (untilHead) {
            headNanos = sinceStart();
        }
    }

    void ended(int status, AnsweredBy by, @Nullable Cause cause) {
        close(status, by, cause);
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
        RouteDecision.Routed routed = route;
        AttemptNotes tried = last;
        return Kept.trouble(
                status,
                cause,
                tried == null ? 0 : tried.number(),
                duration,
                routed == null ? Long.MAX_VALUE : Kept.slowNanos(routed.timeout()));
    }

    /** Made only for a call that is kept. */
    private DecisionRecord record(long whole, int status, AnsweredBy by, @Nullable Cause cause, Kept kept) {
        RouteDecision.Routed routed = route;
        MessageHeaders fields = sentOn;
        return new DecisionRecord(
                trace,
                (fields == null ? head.headers() : fields).first(RequestId.HEADER),
                environment.clock().instant().minusNanos(whole),
                whole,
                environment.service(),
                environment.instance(),
                held(head),
                destination,
                revision,
                routed,
                routed == null ? List.of() : attempts(routed.endpoints(), startNanos + whole, cause),
                refusedBy,
                status,
                by,
                cause,
                kept);
    }

    private List<AttemptRecord> attempts(List<Endpoint> endpoints, long overNanos, @Nullable Cause cause) {
        ArrayDeque<AttemptRecord> attempts = new ArrayDeque<>();
        for (AttemptNotes attempt = last; attempt != null; attempt = attempt.before()) {
            attempts.addFirst(attempt.record(endpoints, startNanos, overNanos, cause));
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
