package io.signalbox.mesh.proxy.outbound;

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
import io.signalbox.mesh.routing.RouteDecision;
import io.signalbox.mesh.routing.RouteReason;
import io.signalbox.mesh.trace.Span;
import io.signalbox.mesh.trace.TraceContext;
import org.jspecify.annotations.Nullable;

/** Writes one call down, once: in the metrics of the edge it took last, and as a span. */
final class CallLedger {

    private static final long NOT_YET = -1;

    private final OutboundRequests.Environment environment;
    private final IncomingHead head;
    private final TraceContext trace;
    private final long startNanos;
    private boolean closed;
    private @Nullable EdgeRecorder edge;
    private String destination = EdgeKey.UNKNOWN;
    private boolean drawn;
    private boolean untilHead;
    private long headNanos = NOT_YET;

    CallLedger(OutboundRequests.Environment environment, IncomingHead head, TraceContext trace) {
        this.environment = environment;
        this.head = head;
        this.trace = trace;
        this.startNanos = environment.ticker().nanos();
    }

    void routed(RouteDecision.Routed route) {
        destination = route.config().service();
        drawn = route.reason() instanceof RouteReason.BySplit;
    }

    /** A rule of that service gives the answer. */
    void answeredHere(String service) {
        destination = service;
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
        EdgeRecorder last = edge;
        if (last != null) {
            last.retry(reason);
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
        EdgeRecorder last = edge;
        if (last != null) {
            last.abandon();
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
        EdgeRecorder last = edge;
        if (last != null) {
            if (drawn) {
                last.splitDraw();
            }
            last.end(status, by, cause, duration);
        }
        if (environment.spans().wants(trace, status)) {
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
    }

    private long sinceStart() {
        return Math.max(0, environment.ticker().nanos() - startNanos);
    }
}
