package io.signalbox.mesh.proxy.inbound;

import io.signalbox.mesh.explain.DecisionRecord;
import io.signalbox.mesh.explain.DecisionRecord.Arrival;
import io.signalbox.mesh.explain.HeldHead;
import io.signalbox.mesh.explain.Kept;
import io.signalbox.mesh.model.AnsweredBy;
import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.proxy.failure.FailureResponder;
import io.signalbox.mesh.proxy.failure.ProxyFailure;
import io.signalbox.mesh.proxy.transport.IncomingHead;
import io.signalbox.mesh.proxy.transport.ServerExchange;
import io.signalbox.mesh.routing.RouteSource;
import io.signalbox.mesh.routing.StableKeys;
import io.signalbox.mesh.trace.RequestId;
import io.signalbox.mesh.trace.TraceContext;
import java.time.Duration;
import java.util.List;

/**
 * Refuses requests of callers who send too many, and writes it down: each in the metrics, and so many a second of each caller
 * as a decision.
 */
final class Refusals {

    private final InboundRequests.Environment environment;

    Refusals(InboundRequests.Environment environment) {
        this.environment = environment;
    }

    /**
     * Whether the caller's limit refuses the request, which is answered then; else it has been counted.
     *
     * @param source as the certificate proved it; the service's name is empty when it proved none
     */
    boolean refuses(ServerExchange exchange, RouteSource source, TraceContext trace, InboundRequests.Ruling by) {
        CallerLimits limits = by.limits();
        if (limits == null) {
            return false;
        }
        CallerLimits.Caller caller = limits.of(source.identity());
        long wait = caller.requests().tryTake();
        if (wait == 0) {
            return false;
        }
        environment.metrics().callerRefused(caller.name());
        boolean noted = caller.notes().tryTake() == 0;
        long start = environment.ticker().nanos();
        new InboundCall(exchange, environment, source.service(), trace, null)
                .refuse(new ProxyFailure.CallerLimited(environment.service(), Duration.ofNanos(wait)), status -> {
                    if (noted) {
                        note(exchange.head(), source, trace, start, status, by);
                    }
                });
        return true;
    }

    private void note(
            IncomingHead head,
            RouteSource source,
            TraceContext trace,
            long start,
            int status,
            InboundRequests.Ruling by) {
        long duration = Math.max(0, environment.ticker().nanos() - start);
        environment
                .decisions()
                .add(new DecisionRecord(
                        trace,
                        RequestId.keptOrNew(head.headers(), environment.random()),
                        environment.clock().instant().minusNanos(duration),
                        duration,
                        new RouteSource(nameOf(source), source.identity()),
                        "",
                        held(head),
                        StableKeys.NONE,
                        environment.service(),
                        by.revision(),
                        null,
                        List.of(),
                        List.of(),
                        status,
                        AnsweredBy.MESH,
                        status == FailureResponder.CALLER_GONE_STATUS ? Cause.CALLER_GONE : Cause.RATE_LIMITED,
                        Kept.FAILED,
                        new Arrival(environment.instance(), by.policyRevision())));
    }

    /** Whoever proves another identity than a service's is named by that. */
    private static String nameOf(RouteSource source) {
        String identity = source.identity();
        if (identity == null) {
            return CallerLimits.UNPROVEN;
        }
        return source.service().isEmpty() ? identity : source.service();
    }

    private static HeldHead held(IncomingHead head) {
        HeldHead.Collector fields = new HeldHead.Collector();
        head.headers().forEach(fields::field);
        String host = head.host();
        return fields.head(head.method(), head.target(), host == null ? "" : host);
    }
}
