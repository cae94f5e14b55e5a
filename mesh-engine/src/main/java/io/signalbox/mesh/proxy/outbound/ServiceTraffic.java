package io.signalbox.mesh.proxy.outbound;

import io.signalbox.mesh.balance.Balancer;
import io.signalbox.mesh.model.BalancingStrategy;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.resilience.LatencyQuantiles;
import io.signalbox.mesh.resilience.RetryBudget;
import io.signalbox.mesh.time.Ticker;
import java.util.random.RandomGenerator;

/** What is kept of one service from request to request: the balancer's turns, the retry budget, how long answers take. */
record ServiceTraffic(BalancingStrategy strategy, Balancer balancer, RetryBudget budget, LatencyQuantiles latency) {

    static ServiceTraffic of(TrafficPolicy policy, Ticker ticker, RandomGenerator random) {
        return new ServiceTraffic(
                policy.balancing(),
                Balancer.of(policy.balancing(), random),
                new RetryBudget(policy.retry().budget(), ticker),
                new LatencyQuantiles());
    }

    /** The same under a new policy: turns start over only when the strategy is another. */
    ServiceTraffic under(TrafficPolicy policy, RandomGenerator random) {
        budget.configure(policy.retry().budget());
        return strategy == policy.balancing()
                ? this
                : new ServiceTraffic(policy.balancing(), Balancer.of(policy.balancing(), random), budget, latency);
    }
}
