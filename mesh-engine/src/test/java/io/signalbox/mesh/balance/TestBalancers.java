package io.signalbox.mesh.balance;

import io.signalbox.mesh.model.BalancingStrategy;
import io.signalbox.mesh.model.HashOn;
import io.signalbox.mesh.model.LoadBalancing;
import io.signalbox.mesh.time.ManualTime;
import java.util.SplittableRandom;

final class TestBalancers {

    private TestBalancers() {}

    /** On a header where the strategy needs to be told what to hash. */
    static LoadBalancing by(BalancingStrategy strategy) {
        return switch (strategy) {
            case RING_HASH, MAGLEV -> LoadBalancing.hashing(strategy, new HashOn.Header("X-User-ID"));
            case ROUND_ROBIN, WEIGHTED_ROUND_ROBIN, RANDOM, LEAST_REQUEST, PEAK_EWMA, IP_HASH ->
                LoadBalancing.plain(strategy);
        };
    }

    static Balancer balancer(BalancingStrategy strategy, long seed) {
        return balancer(by(strategy), seed);
    }

    /** At a time that stands still, for endpoints that have always been there. */
    static Balancer balancer(LoadBalancing how, long seed) {
        ManualTime time = new ManualTime();
        return Balancer.of(how, new Arrivals(time), new SplittableRandom(seed), time);
    }
}
