package io.signalbox.mesh.proxy.outbound;

import io.signalbox.mesh.balance.Arrivals;
import io.signalbox.mesh.balance.Balancer;
import io.signalbox.mesh.balance.RequestKey;
import io.signalbox.mesh.model.ConcurrencyLimit;
import io.signalbox.mesh.model.HashOn;
import io.signalbox.mesh.model.LoadBalancing;
import io.signalbox.mesh.model.MeshConfig;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.proxy.fault.FaultInjector;
import io.signalbox.mesh.proxy.transport.ServerExchange;
import io.signalbox.mesh.proxy.transport.ServerStream;
import io.signalbox.mesh.resilience.ConcurrencyLimiter;
import io.signalbox.mesh.resilience.LatencyQuantiles;
import io.signalbox.mesh.resilience.RetryBudget;
import io.signalbox.mesh.routing.RouteSource;
import io.signalbox.mesh.time.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of one service from request to request: the balancer's turns, the retry budget, how long answers take, and
 * its limits.
 *
 * @param hashOn what the balancer wants to know of a request, if it wants to know anything
 * @param faults what befalls attempts; {@code null} when nothing does
 * @param mirror where copies go; {@code null} when none are made
 * @param limiter of the requests under way at once; {@code null} when there may be any number
 */
record ServiceTraffic(
        LoadBalancing balancing,
        @Nullable HashOn hashOn,
        Balancer balancer,
        Arrivals arrivals,
        RetryBudget budget,
        LatencyQuantiles latency,
        RateLimits rates,
        @Nullable ConcurrencyLimiter limiter,
        @Nullable FaultInjector faults,
        @Nullable Mirroring mirror) {

    /** @param source who calls the service */
    static ServiceTraffic of(
            ServiceConfig service, MeshConfig config, RouteSource source, OutboundRequests.Environment environment) {
        Ticker ticker = environment.ticker();
        TrafficPolicy policy = service.policy();
        LoadBalancing balancing = policy.balancing();
        Arrivals arrivals = new Arrivals(ticker);
        return new ServiceTraffic(
                        balancing,
                        balancing.key().orElse(null),
                        Balancer.of(balancing, arrivals, environment.random(), ticker),
                        arrivals,
                        new RetryBudget(policy.retry().budget(), ticker),
                        new LatencyQuantiles(),
                        RateLimits.of(policy, ticker),
                        limiter(null, policy, ticker),
                        faults(policy, source, environment),
                        Mirroring.of(service, config, source, null, environment))
                .following(service);
    }

    /** The same under a new configuration: turns start over only when endpoints are picked in another way. */
    ServiceTraffic under(
            ServiceConfig service, MeshConfig config, RouteSource source, OutboundRequests.Environment environment) {
        Ticker ticker = environment.ticker();
        TrafficPolicy policy = service.policy();
        budget.configure(policy.retry().budget());
        LoadBalancing next = policy.balancing();
        Balancer picking =
                balancing.picksLike(next) ? balancer : Balancer.of(next, arrivals, environment.random(), ticker);
        return new ServiceTraffic(
                        next,
                        next.key().orElse(null),
                        picking,
                        arrivals,
                        budget,
                        latency,
                        rates.under(policy, ticker),
                        limiter(limiter, policy, ticker),
                        faults(policy, source, environment),
                        Mirroring.of(service, config, source, mirror, environment))
                .following(service);
    }

    private static @Nullable FaultInjector faults(
            TrafficPolicy policy, RouteSource source, OutboundRequests.Environment environment) {
        return FaultInjector.ofCaller(policy, source, environment.metrics(), environment.random());
    }

    private ServiceTraffic following(ServiceConfig service) {
        arrivals.follow(service.endpoints());
        balancer.follow(service.endpoints());
        return this;
    }

    /** What the balancer knows the request by. */
    long keyOf(ServerExchange exchange) {
        HashOn on = hashOn;
        return on == null ? RequestKey.NONE : RequestKey.of(on, exchange.head(), exchange::callerAddress);
    }

    /** What the balancer knows the connection by. */
    long keyOf(ServerStream stream) {
        HashOn on = hashOn;
        return on == null ? RequestKey.NONE : RequestKey.of(on, stream::callerAddress);
    }

    /** Who is under way or waits goes on being counted, also under another limit. */
    private static @Nullable ConcurrencyLimiter limiter(
            @Nullable ConcurrencyLimiter known, TrafficPolicy policy, Ticker ticker) {
        ConcurrencyLimit wanted = policy.protection().concurrency().orElse(null);
        if (wanted == null) {
            return null;
        }
        if (known == null) {
            return new ConcurrencyLimiter(wanted, ticker);
        }
        known.configure(wanted);
        return known;
    }
}
