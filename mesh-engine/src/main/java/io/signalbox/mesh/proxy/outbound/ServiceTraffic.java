package io.signalbox.mesh.proxy.outbound;

import io.signalbox.mesh.balance.Arrivals;
import io.signalbox.mesh.balance.Balancer;
import io.signalbox.mesh.balance.RequestKey;
import io.signalbox.mesh.model.HashOn;
import io.signalbox.mesh.model.LoadBalancing;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.proxy.transport.ServerExchange;
import io.signalbox.mesh.proxy.transport.ServerStream;
import io.signalbox.mesh.resilience.RetryBudget;
import io.signalbox.mesh.time.Ticker;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of one service from request to request: the balancer's turns and the retry budget.
 *
 * @param hashOn what the balancer wants to know of a request, if it wants to know anything
 */
record ServiceTraffic(
        LoadBalancing balancing, @Nullable HashOn hashOn, Balancer balancer, Arrivals arrivals, RetryBudget budget) {

    static ServiceTraffic of(ServiceConfig service, Ticker ticker, RandomGenerator random) {
        LoadBalancing balancing = service.policy().balancing();
        Arrivals arrivals = new Arrivals(ticker);
        Balancer balancer = Balancer.of(balancing, arrivals, random, ticker);
        RetryBudget budget = new RetryBudget(service.policy().retry().budget(), ticker);
        return of(balancing, balancer, arrivals, budget).following(service);
    }

    /** The same under a new configuration: turns start over only when endpoints are picked in another way. */
    ServiceTraffic under(ServiceConfig service, Ticker ticker, RandomGenerator random) {
        budget.configure(service.policy().retry().budget());
        LoadBalancing next = service.policy().balancing();
        Balancer picking = balancing.picksLike(next) ? balancer : Balancer.of(next, arrivals, random, ticker);
        return of(next, picking, arrivals, budget).following(service);
    }

    private static ServiceTraffic of(
            LoadBalancing balancing, Balancer balancer, Arrivals arrivals, RetryBudget budget) {
        return new ServiceTraffic(balancing, balancing.key().orElse(null), balancer, arrivals, budget);
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
}
