package io.signalbox.mesh.balance;

import io.signalbox.mesh.model.BalancingStrategy;
import io.signalbox.mesh.model.Endpoint;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Picks the endpoint of one attempt.
 *
 * <p>One balancer serves all requests to one service, from any thread: it takes no lock and does not block. The
 * candidates are those left after everything else has spoken (health, version, breakers, endpoints tried before), so
 * they differ from pick to pick; no algorithm assumes that two lists are alike.
 */
@FunctionalInterface
public interface Balancer {

    /** Returns one of the candidates, or {@code null} when there is none. */
    @Nullable
    Endpoint pick(List<Endpoint> candidates, InFlight inFlight);

    /**
     * Returns a new balancer.
     *
     * @param random drawn from by every thread that picks, so it must be safe to share
     */
    static Balancer of(BalancingStrategy strategy, RandomGenerator random) {
        return switch (strategy) {
            case ROUND_ROBIN -> new RoundRobin();
            case RANDOM -> new UniformRandom(random);
            case LEAST_REQUEST -> new LeastRequest(random);
        };
    }
}
