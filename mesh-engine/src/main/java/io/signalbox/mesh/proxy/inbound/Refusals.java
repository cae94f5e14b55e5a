package io.signalbox.mesh.proxy.inbound;

import io.signalbox.mesh.explain.DecisionRecord;
import io.signalbox.mesh.explain.DecisionRecord.Arrival;
import io.signalbox.mesh.explain.HeldHead;
import io.signalbox.mesh.explain.Kept;
import io.signalbox.mesh.metrics.AccessMeter;
import io.signalbox.mesh.model.AnsweredBy;
import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.model.RateLimit;
import io.signalbox.mesh.proxy.failure.FailureResponder;
import io.signalbox.mesh.proxy.failure.ProxyFailure;
import io.signalbox.mesh.proxy.transport.IncomingHead;
import io.signalbox.mesh.proxy.transport.ServerExchange;
import io.signalbox.mesh.resilience.TokenBucket;
import io.signalbox.mesh.routing.AccessVerdict;
import io.signalbox.mesh.routing.RouteSource;
import io.signalbox.mesh.routing.StableKeys;
import io.signalbox.mesh.trace.RequestId;
import io.signalbox.mesh.trace.TraceContext;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests of callers who send too many, or may not send what they do, and writes it down: each in the metrics, and so
 * many a second as a decision.
 */
final class Refusals {

    /** So many a second of those that may not call are written down one by one: a flood must not push all else out. */
    private static final RateLimit NOTED = new RateLimit(20, Duration.ofSeconds(1), 20);

    private final InboundRequests.Environment environment;
    private final TokenBucket barred;

    Refusals(InboundRequests.Environment environment) {
        this.environment = environment;
        this.barred = new TokenBucket(NOTED, environment.ticker());
    }

    /**
     * Whether the policy does not let the caller do that, so that the request is answered.
     *
     * @param source as the certificate proved it; the service's name is empty when it proved none
     */
    boolean bars(ServerExchange exchange, RouteSource source, TraceContext trace, InboundRequests.Ruling by) {
        Gate gate = by.gate();
        AccessVerdict refusing = gate == null ? null : gate.refusing(exchange.head(), source);
        if (refusing == null) {
            return false;
        }
        boolean noted = barred.tryTake() == 0;
        String rule = refusing.rule() == null ? "" : refusing.rule();
        long start = environment.ticker().nanos();
        String caller = AccessMeter.nameOf(source.service(), source.identity());
        new InboundCall(exchange, environment, source.service(), trace, null)
                .refuse(new ProxyFailure.AccessDenied(environment.service(), caller), status -> {
                    if (noted) {
                        note(
                                exchange.head(),
                                new RouteSource(caller, source.identity()),
                                trace,
                                start,
                                status,
                                Cause.ACCESS_DENIED,
                                by,
                                rule);
                    }
                });
        return true;
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
                        note(
                                exchange.head(),
                                new RouteSource(nameOf(source), source.identity()),
                                trace,
                                start,
                                status,
                                Cause.RATE_LIMITED,
                                by,
                                null);
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
            Cause cause,
            InboundRequests.Ruling by,
            @Nullable String rule) {
        long duration = Math.max(0, environment.ticker().nanos() - start);
        environment
                .decisions()
                .add(new DecisionRecord(
                        trace,
                        RequestId.keptOrNew(head.headers(), environment.random()),
                        environment.clock().instant().minusNanos(duration),
                        duration,
                        source,
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
                        status == FailureResponder.CALLER_GONE_STATUS ? Cause.CALLER_GONE : cause,
                        Kept.FAILED,
                        new Arrival(environment.instance(), by.policyRevision(), rule)));
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
