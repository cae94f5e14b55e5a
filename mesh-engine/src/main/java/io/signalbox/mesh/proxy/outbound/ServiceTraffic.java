package io.signalbox.mesh.proxy.outbound;

import io.signalbox.mesh.balance.Balancer;
import io.signalbox.mesh.model.BalancingStrategy;
import io.signalbox.mesh.model.RateLimit;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.resilience.RetryBudget;
import io.signalbox.mesh.resilience.TokenBucket;
import io.signalbox.mesh.time.Ticker;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What is kept of one service from request to request: the balancer's turns, the retry budget and the rate limit. */
record ServiceTraffic(
        BalancingStrategy strategy,
        Balancer balancer,
        RetryBudget budget,
        @Nullable TokenBucket rate) {

    static ServiceTraffic of(TrafficPolicy policy, Ticker ticker, RandomGenerator random) {
        return new ServiceTraffic(
                policy.balancing(),
                Balancer.of(policy.balancing(), random),
                new RetryBudget(policy.retry().budget(), ticker),
                rate(null, policy, ticker));
    }

    /** The same under a new policy: turns start over only when the strategy is another. */
    ServiceTraffic under(TrafficPolicy policy, Ticker ticker, RandomGenerator random) {
        budget.configure(policy.retry().budget());
        Balancer turns = strategy == policy.balancing() ? balancer : Balancer.of(policy.balancing(), random);
        return new ServiceTraffic(policy.balancing(), turns, budget, rate(rate, policy, ticker));
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
