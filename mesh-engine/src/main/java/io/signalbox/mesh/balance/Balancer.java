package io.signalbox.mesh.balance;

import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.LoadBalancing;
import io.signalbox.mesh.time.Ticker;
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

    /**
     * Returns one of the candidates, or {@code null} when there is none.
     *
     * @param key of {@link RequestKey}: where the strategy hashes, requests of one key stay with their endpoint
     * @param listener is told what it went by when there was somebody to pick
     */
    @Nullable
    Endpoint pick(List<Endpoint> candidates, InFlight inFlight, long key, PickListener listener);

    /** The same, and tells nobody. */
    default @Nullable Endpoint pick(List<Endpoint> candidates, InFlight inFlight, long key) {
        return pick(candidates, inFlight, key, PickListener.NONE);
    }

    /** The same, for a request of which nothing is known. */
    default @Nullable Endpoint pick(List<Endpoint> candidates, InFlight inFlight) {
        return pick(candidates, inFlight, RequestKey.NONE);
    }

    /** Makes ready for the endpoints that there are from now on, of all versions. Called by one thread at a time. */
    default void follow(List<Endpoint> endpoints) {}

    /** Begins to watch a call to that endpoint; {@code null} where the strategy does not learn from calls. */
    default @Nullable CallWatch watch(Endpoint endpoint) {
        return null;
    }

    /**
     * Returns a new balancer.
     *
     * @param arrivals of the service's endpoints, for slow start
     * @param random drawn from by every thread that picks, so it must be safe to share
     */
    static Balancer of(LoadBalancing how, Arrivals arrivals, RandomGenerator random, Ticker ticker) {
        Ramp ramp = how.slowStart()
                .<Ramp>map(window -> new SlowStart(arrivals, window))
                .orElse(Ramp.NONE);
        return switch (how.strategy()) {
            // Turns cannot be thinned evenly; shares that are all alike are a rotation as well.
            case ROUND_ROBIN ->
                how.slowStart().isEmpty() ? new RoundRobin() : new SmoothRoundRobin(endpoint -> 1, ramp);
            case WEIGHTED_ROUND_ROBIN -> new SmoothRoundRobin(how::weightOf, ramp);
            case RANDOM -> new UniformRandom(random, ramp);
            case LEAST_REQUEST -> new LeastRequest(random, ramp);
            case PEAK_EWMA -> new PeakEwma(random, ticker, ramp);
            case RING_HASH -> new Hashing(how::weightOf, HashRing::of, random);
            case MAGLEV, IP_HASH -> new Hashing(how::weightOf, MaglevTable::of, random);
        };
    }
}
