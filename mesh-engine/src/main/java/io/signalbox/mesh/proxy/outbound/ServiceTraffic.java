package io.signalbox.mesh.proxy.outbound;

import io.signalbox.mesh.balance.Arrivals;
import io.signalbox.mesh.balance.Balancer;
import io.signalbox.mesh.balance.RequestKey;
import io.signalbox.mesh.model.HashOn;
import io.signalbox.mesh.model.LoadBalancing;
import io.signalbox.mesh.model.RateLimit;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.proxy.transport.ServerExchange;
import io.signalbox.mesh.proxy.transport.ServerStream;
import io.signalbox.mesh.resilience.LatencyQuantiles;
import io.signalbox.mesh.resilience.RetryBudget;
import io.signalbox.mesh.resilience.TokenBucket;
import io.signalbox.mesh.time.Ticker;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of one service from request to request: the balancer's turns, the retry budget, how long answers take, and
 * the rate limit.
 *
 * @param hashOn what the balancer wants to know of a request, if it wants to know anything
 */
record ServiceTraffic(
        LoadBalancing balancing,
        @Nullable HashOn hashOn,
        Balancer balancer,
        Arrivals arrivals,
        RetryBudget budget,
        LatencyQuantiles latency,
        @Nullable TokenBucket rate) {

    static ServiceTraffic of(ServiceConfig service, Ticker ticker, RandomGenerator random) {
        TrafficPolicy policy = service.policy();
        LoadBalancing balancing = policy.balancing();
        Arrivals arrivals = new Arrivals(ticker);
        return new ServiceTraffic(
                        balancing,
                        balancing.key().orElse(null),
                        Balancer.of(balancing, arrivals, random, ticker),
                        arrivals,
                        new RetryBudget(policy.retry().budget(), ticker),
                        new LatencyQuantiles(),
                        rate(null, policy, ticker))
                .following(service);
    }

    /** The same under a new configuration: turns start over only when endpoints are picked in another way. */
    ServiceTraffic under(ServiceConfig service, Ticker ticker, RandomGenerator random) {
        TrafficPolicy policy = service.policy();
        budget.configure(policy.retry().budget());
        LoadBalancing next = policy.balancing();
        Balancer picking = balancing.picksLike(next) ? balancer : Balancer.of(next, arrivals, random, ticker);
        return new ServiceTraffic(
                        next, next.key().orElse(null), picking, arrivals, budget, latency, rate(rate, policy, ticker))
                .following(service);
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

    /** The bucket goes on while its limit is the same; another limit begins with a full one. */
    private static @Nullable TokenBucket rate(@Nullable TokenBucket known, TrafficPolicy policy, Ticker ticker) {
        RateLimit wanted = policy.protection().rateLimit().orElse(null);
        if (wanted == null) {
            return null;
        }
        return known != null && known.limit().equals(wanted) ? known : new TokenBucket(wanted, ticker);
    }
}
