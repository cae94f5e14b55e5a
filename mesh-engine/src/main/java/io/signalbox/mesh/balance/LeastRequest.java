package io.signalbox.mesh.balance;

import io.signalbox.mesh.model.Endpoint;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The candidate with the fewest calls in flight; among equals each has the same chance.
 *
 * <p>Up to {@value #SCAN_LIMIT} candidates are all looked at, which finds the true minimum at the price of as many
 * counter reads. Beyond that two different ones are drawn and the less busy wins ("the power of two choices",
 * Mitzenmacher 2001): constant cost, nearly as even, and many sidecars do not all rush to the one idle endpoint.
 *
 * <p>One on a ramp takes part in that share of the picks alone, and its calls count for more: idle as it is, it would
 * win every time.
 */
final class LeastRequest implements Balancer {

    static final int SCAN_LIMIT = 8;

    /** More calls than anyone can have in flight. */
    private static final double OUT = 1e12;

    private final RandomGenerator random;
    private final Ramp ramp;

    LeastRequest(RandomGenerator random, Ramp ramp) {
        this.random = random;
        this.ramp = ramp;
    }

    @Override
    public @Nullable Endpoint pick(List<Endpoint> candidates, InFlight inFlight) {
        int count = candidates.size();
        if (count == 0) {
            return null;
        }
        if (!ramp.over()) {
            return ramped(candidates, inFlight);
        }
        return count <= SCAN_LIMIT ? leastOfAll(candidates, inFlight) : lesserOfTwo(candidates, inFlight);
    }

    private Endpoint leastOfAll(List<Endpoint> candidates, InFlight inFlight) {
        Endpoint least = candidates.getFirst();
        int fewest = inFlight.of(least);
        int equals = 1;
        for (int i = 1; i < candidates.size(); i++) {
            Endpoint candidate = candidates.get(i);
            int calls = inFlight.of(candidate);
            if (calls < fewest) {
                least = candidate;
                fewest = calls;
                equals = 1;
            } else if (calls == fewest && random.nextInt(++equals) == 0) {
                least = candidate;
            }
        }
        return least;
    }

    private Endpoint lesserOfTwo(List<Endpoint> candidates, InFlight inFlight) {
        int first = random.nextInt(candidates.size());
        int second = other(candidates.size(), first);
        Endpoint one = candidates.get(first);
        Endpoint other = candidates.get(second);
        return inFlight.of(other) < inFlight.of(one) ? other : one;
    }

    private int other(int count, int first) {
        int second = random.nextInt(count - 1);
        return second >= first ? second + 1 : second;
    }

    private Endpoint ramped(List<Endpoint> candidates, InFlight inFlight) {
        int count = candidates.size();
        if (count > SCAN_LIMIT) {
            int first = random.nextInt(count);
            Endpoint one = candidates.get(first);
            Endpoint other = candidates.get(other(count, first));
            return weighed(other, inFlight) < weighed(one, inFlight) ? other : one;
        }
        Endpoint least = candidates.getFirst();
        double fewest = weighed(least, inFlight);
        int equals = 1;
        for (int i = 1; i < count; i++) {
            Endpoint candidate = candidates.get(i);
            double calls = weighed(candidate, inFlight);
            if (calls < fewest) {
                least = candidate;
                fewest = calls;
                equals = 1;
            } else if (calls == fewest && random.nextInt(++equals) == 0) {
                least = candidate;
            }
        }
        return least;
    }

    /** Calls in flight in relation to the ramp; {@link #OUT} and more when the endpoint takes no part in this pick. */
    private double weighed(Endpoint endpoint, InFlight inFlight) {
        double share = ramp.of(endpoint);
        double calls = inFlight.of(endpoint) / share;
        return share < 1 && random.nextDouble() >= share ? OUT + calls : calls;
    }
}
