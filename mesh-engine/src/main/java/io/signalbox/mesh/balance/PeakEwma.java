package io.signalbox.mesh.balance;

import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.time.Ticker;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Of two different candidates that are drawn, the one of less cost: {@link LatencyEstimate} × (calls in flight + 1).
 *
 * <p>One that nothing is known of costs nothing, so that it is tried; while that first call is under way it costs as much
 * as the worst there can be.
 */
final class PeakEwma implements Balancer {

    private static final double UNKNOWN_NANOS = LatencyEstimate.WORST_FAILURE_NANOS;

    /** Beyond this many remembered endpoints learning starts over, so that churn cannot fill the memory. */
    private static final int MEMORY = 4096;

    private final RandomGenerator random;
    private final Ticker ticker;
    private final Ramp ramp;
    private final ConcurrentMap<String, LatencyEstimate> estimates = new ConcurrentHashMap<>();

    PeakEwma(RandomGenerator random, Ticker ticker, Ramp ramp) {
        this.random = random;
        this.ticker = ticker;
        this.ramp = ramp;
    }

    @Override
    public @Nullable Endpoint pick(List<Endpoint> candidates, InFlight inFlight) {
        int count = candidates.size();
        if (count <= 1) {
            return count == 0 ? null : candidates.getFirst();
        }
        int first = random.nextInt(count);
        int second = random.nextInt(count - 1);
        if (second >= first) {
            second++;
        }
        Endpoint one = candidates.get(first);
        Endpoint other = candidates.get(second);
        long now = ticker.nanos();
        boolean ramping = !ramp.over();
        return cost(other, inFlight, now, ramping) < cost(one, inFlight, now, ramping) ? other : one;
    }

    @Override
    public void follow(List<Endpoint> endpoints) {
        Set<String> there = new HashSet<>();
        endpoints.forEach(endpoint -> there.add(endpoint.instanceId()));
        estimates.keySet().retainAll(there);
    }

    @Override
    public CallWatch watch(Endpoint endpoint) {
        return new Timing(estimate(endpoint), ticker);
    }

    private double cost(Endpoint endpoint, InFlight inFlight, long now, boolean ramping) {
        double share = ramping ? ramp.of(endpoint) : 1;
        if (share < 1 && random.nextDouble() >= share) {
            return Double.POSITIVE_INFINITY;
        }
        double calls = inFlight.of(endpoint) / share;
        double latency = estimate(endpoint).at(now);
        return latency < 0 ? calls * UNKNOWN_NANOS : latency * (calls + 1);
    }

    private LatencyEstimate estimate(Endpoint endpoint) {
        LatencyEstimate known = estimates.get(endpoint.instanceId());
        return known != null ? known : remember(endpoint);
    }

    private LatencyEstimate remember(Endpoint endpoint) {
        if (estimates.size() >= MEMORY) {
            estimates.clear();
        }
        return estimates.computeIfAbsent(endpoint.instanceId(), id -> new LatencyEstimate());
    }

    private static final class Timing implements CallWatch {
        private final LatencyEstimate estimate;
        private final Ticker ticker;
        private final long start;

        Timing(LatencyEstimate estimate, Ticker ticker) {
            this.estimate = estimate;
            this.ticker = ticker;
            this.start = ticker.nanos();
        }

        @Override
        public void answered() {
            long now = ticker.nanos();
            estimate.observe(taken(now), now);
        }

        @Override
        public void failed() {
            long now = ticker.nanos();
            estimate.failed(taken(now), now);
        }

        @Override
        public void abandoned() {
            long now = ticker.nanos();
            estimate.atLeast(taken(now), now);
        }

        private double taken(long now) {
            return Math.max(0, now - start);
        }
    }
}
