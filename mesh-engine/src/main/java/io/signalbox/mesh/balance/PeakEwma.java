package io.signalbox.mesh.balance;

import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.time.Ticker;
import java.util.List;
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

    private final RandomGenerator random;
    private final Ticker ticker;
    private final Ramp ramp;
    private final PerInstance<LatencyEstimate> estimates = new PerInstance<>(LatencyEstimate::new);

    PeakEwma(RandomGenerator random, Ticker ticker, Ramp ramp) {
        this.random = random;
        this.ticker = ticker;
        this.ramp = ramp;
    }

    @Override
    public @Nullable Endpoint pick(List<Endpoint> candidates, InFlight inFlight, long key, PickListener listener) {
        int count = candidates.size();
        if (count == 0) {
            return null;
        }
        if (count == 1) {
            listener.picked(PickedFor.ONLY_ONE);
            return candidates.getFirst();
        }
        int first = random.nextInt(count);
        Endpoint one = candidates.get(first);
        Endpoint other = candidates.get(TwoChoices.second(random, count, first));
        long now = ticker.nanos();
        boolean ramping = !ramp.over();
        double costOfOther = cost(other, inFlight, now, ramping);
        double costOfOne = cost(one, inFlight, now, ramping);
        boolean otherIsCheaper = costOfOther < costOfOne;
        listener.picked(
                PickedFor.LEAST_COST,
                otherIsCheaper ? costOfOther : costOfOne,
                otherIsCheaper ? one : other,
                otherIsCheaper ? costOfOne : costOfOther);
        return otherIsCheaper ? other : one;
    }

    @Override
    public void follow(List<Endpoint> endpoints) {
        estimates.keep(endpoints);
    }

    @Override
    public CallWatch watch(Endpoint endpoint) {
        return new Timing(estimates.of(endpoint), ticker);
    }

    private double cost(Endpoint endpoint, InFlight inFlight, long now, boolean ramping) {
        double share = ramping ? ramp.of(endpoint) : 1;
        if (share < 1 && random.nextDouble() >= share) {
            return Double.POSITIVE_INFINITY;
        }
        double calls = inFlight.of(endpoint) / share;
        double latency = estimates.of(endpoint).at(now);
        return latency < 0 ? calls * UNKNOWN_NANOS : latency * (calls + 1);
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
