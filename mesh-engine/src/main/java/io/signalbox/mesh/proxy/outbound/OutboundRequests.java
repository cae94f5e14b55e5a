package io.signalbox.mesh.proxy.outbound;

import io.signalbox.mesh.explain.DecisionLog;
import io.signalbox.mesh.metrics.LimitReading;
import io.signalbox.mesh.metrics.SidecarMetrics;
import io.signalbox.mesh.mirror.MirrorLog;
import io.signalbox.mesh.model.MeshConfig;
import io.signalbox.mesh.proxy.filter.MaxForwards;
import io.signalbox.mesh.proxy.transport.RequestHandler;
import io.signalbox.mesh.proxy.transport.ServerExchange;
import io.signalbox.mesh.proxy.transport.ServerStream;
import io.signalbox.mesh.proxy.transport.StreamHandler;
import io.signalbox.mesh.resilience.ConcurrencyLimiter;
import io.signalbox.mesh.resilience.TraceDeadlines;
import io.signalbox.mesh.routing.RouteSource;
import io.signalbox.mesh.routing.RouteTable;
import io.signalbox.mesh.time.Ticker;
import io.signalbox.mesh.trace.SpanLog;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Takes the application's calls and sends each where policy says.
 *
 * <p>The configuration is one immutable reference: a request sees one revision from beginning to end. Safe to use from
 * any thread.
 */
public final class OutboundRequests implements RequestHandler {

    private final Environment environment;
    private final EndpointChooser chooser;
    private final RouteSource source;
    private final @Nullable String defaultService;
    private final TraceDeadlines deadlines;
    private volatile Routing routing;

    /**
     * @param identity the sidecar's own SPIFFE id; {@code null} without one
     * @param zone where the sidecar runs, if it says so
     * @param deadlines what is left of the time of those for whom the application calls
     */
    public OutboundRequests(
            Environment environment,
            @Nullable String identity,
            @Nullable String defaultService,
            @Nullable String zone,
            TraceDeadlines deadlines) {
        this.environment = environment;
        this.source = new RouteSource(environment.service(), identity);
        this.chooser = new EndpointChooser(
                environment.circuits(), new ZoneFilter(zone, environment.circuits(), environment.random()));
        this.defaultService = defaultService;
        this.deadlines = deadlines;
        this.routing =
                new Routing(RouteTable.of(MeshConfig.EMPTY, source), CalledServices.underNothing(source, environment));
    }

    /** What a call needs besides itself. */
    public record Environment(
            String service,
            String instance,
            Circuits circuits,
            SidecarMetrics metrics,
            SpanLog spans,
            DecisionLog decisions,
            MirrorLog mirrors,
            Ticker ticker,
            InstantSource clock,
            RandomGenerator random) {}

    /** Follows the new configuration from the next request on. */
    public synchronized void apply(MeshConfig config) {
        environment.circuits().apply(config);
        routing = new Routing(routing.table().under(config), routing.called().under(config));
    }

    /** How things stand under each concurrency limit, by service. */
    public List<LimitReading> limits() {
        List<LimitReading> readings = new ArrayList<>();
        routing.called().forEach((service, traffic) -> {
            ConcurrencyLimiter limiter = traffic.limiter();
            if (limiter != null) {
                ConcurrencyLimiter.View view = limiter.view();
                readings.add(new LimitReading(service, view.limit(), view.inFlight(), view.waiting(), view.refused()));
            }
        });
        readings.sort(Comparator.comparing(LimitReading::destination));
        return readings;
    }

    @Override
    public void handle(ServerExchange exchange) {
        if (MaxForwards.endsHere(exchange)) {
            return;
        }
        ServerStream tunnel = exchange.head().method().equals("CONNECT") ? exchange.tunnel() : null;
        String named = tunnel == null ? null : TargetService.of(exchange.head(), routing.table(), null);
        if (tunnel != null && named != null) {
            new OutboundStream(tunnel, named, environment, chooser, routing).begin();
        } else {
            new OutboundCall(exchange, environment, chooser, routing, defaultService, deadlines).begin();
        }
    }

    /** Takes the application's TCP connections to that service, under the same configuration. */
    public StreamHandler streamsTo(String service) {
        return stream -> new OutboundStream(stream, service, environment, chooser, routing).begin();
    }

    /** One revision, worked out. */
    record Routing(RouteTable table, CalledServices called) {}
}
