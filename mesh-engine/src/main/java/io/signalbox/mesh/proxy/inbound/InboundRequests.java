package io.signalbox.mesh.proxy.inbound;

import io.signalbox.mesh.explain.DecisionLog;
import io.signalbox.mesh.metrics.SidecarMetrics;
import io.signalbox.mesh.model.MeshConfig;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.proxy.failure.FailureResponder;
import io.signalbox.mesh.proxy.failure.ProxyFailure;
import io.signalbox.mesh.proxy.fault.FaultInjector;
import io.signalbox.mesh.proxy.fault.FaultPlan;
import io.signalbox.mesh.proxy.filter.MaxForwards;
import io.signalbox.mesh.proxy.filter.MeshFields;
import io.signalbox.mesh.proxy.filter.NextHop;
import io.signalbox.mesh.proxy.filter.TimeLeft;
import io.signalbox.mesh.proxy.transport.AnswerListener;
import io.signalbox.mesh.proxy.transport.MessageHeaders;
import io.signalbox.mesh.proxy.transport.OutgoingHead;
import io.signalbox.mesh.proxy.transport.RequestHandler;
import io.signalbox.mesh.proxy.transport.ServerExchange;
import io.signalbox.mesh.proxy.transport.Target;
import io.signalbox.mesh.resilience.TraceDeadlines;
import io.signalbox.mesh.routing.RouteSource;
import io.signalbox.mesh.time.Ticker;
import io.signalbox.mesh.tls.SpiffeId;
import io.signalbox.mesh.trace.RequestId;
import io.signalbox.mesh.trace.SpanLog;
import io.signalbox.mesh.trace.TraceContext;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Takes what callers send and passes it to the application's own port on loopback.
 *
 * <p>The application learns from {@link MeshFields#SOURCE} which service calls, as its certificate proved it; what a
 * caller writes there itself is removed. Safe to use from any thread.
 */
public final class InboundRequests implements RequestHandler {

    private final Environment environment;
    private final Refusals refusals;
    private volatile Ruling ruling = new Ruling(0, 0, null, null, null);

    public InboundRequests(Environment environment) {
        this.environment = environment;
        this.refusals = new Refusals(environment);
    }

    /** What a call needs besides itself. */
    public record Environment(
            String service,
            String version,
            String instance,
            Target application,
            SpanLog spans,
            DecisionLog decisions,
            SidecarMetrics metrics,
            Ticker ticker,
            InstantSource clock,
            RandomGenerator random,
            TraceDeadlines deadlines) {}

    /**
     * What the service's own policy asks of this side, under one configuration.
     *
     * @param faults {@code null} when nothing befalls a request
     * @param limits {@code null} when callers may send any number
     * @param gate {@code null} when everybody may call
     */
    record Ruling(
            long revision,
            long policyRevision,
            @Nullable FaultInjector faults,
            @Nullable CallerLimits limits,
            @Nullable Gate gate) {}

    /** Lets callers in, limits them, and brings about faults, as the service's own policy says, from the next request on. */
    public synchronized void apply(MeshConfig config) {
        ServiceConfig own = config.services().get(environment.service());
        ruling = own == null
                ? new Ruling(
                        config.revision(),
                        0,
                        null,
                        null,
                        Gate.under(null, ruling.gate(), environment.metrics().access()))
                : new Ruling(
                        config.revision(),
                        own.policyRevision(),
                        FaultInjector.ofService(own.policy(), environment.metrics(), environment.random()),
                        CallerLimits.under(
                                own.policy().protection().callerLimit().orElse(null),
                                ruling.limits(),
                                environment.ticker()),
                        Gate.under(own, ruling.gate(), environment.metrics().access()));
    }

    @Override
    public void handle(ServerExchange exchange) {
        if (MaxForwards.endsHere(exchange)) {
            return;
        }
        if (exchange.head().method().equals("CONNECT")) {
            exchange.answer(FailureResponder.answer(ProxyFailure.BadRequest.noTunnels()), AnswerListener.NOBODY);
            return;
        }
        String peer = exchange.peerIdentity();
        Optional<String> source =
                peer == null ? Optional.empty() : SpiffeId.parse(peer).service();
        TraceContext trace = TraceContext.extract(exchange.head().headers(), environment.random())
                .child(environment.random());
        Ruling inForce = ruling;
        if (inForce.gate() != null
                && refusals.bars(exchange, new RouteSource(source.orElse(""), peer), trace, inForce)) {
            return;
        }
        if (inForce.limits() != null
                && refusals.refuses(exchange, new RouteSource(source.orElse(""), peer), trace, inForce)) {
            return;
        }
        Duration left = peer == null ? null : TimeLeft.said(exchange.head().headers());
        MessageHeaders headers = NextHop.fieldsFor(exchange.head());
        source.ifPresent(service -> headers.set(MeshFields.SOURCE, service));
        String mirrored = peer == null ? null : exchange.head().headers().first(MeshFields.MIRROR);
        if (mirrored != null) {
            headers.set(MeshFields.MIRROR, mirrored);
        }
        headers.set(RequestId.HEADER, RequestId.keptOrNew(headers, environment.random()));
        trace.inject(headers);
        OutgoingHead head =
                new OutgoingHead(exchange.head().method(), exchange.head().target(), headers);
        FaultInjector injector = inForce.faults();
        FaultPlan plan = injector == null
                ? null
                : injector.plan(exchange.head(), new RouteSource(source.orElse(""), peer), environment.version());
        new InboundCall(exchange, environment, source.orElse(""), trace, plan).begin(head, left);
    }
}
