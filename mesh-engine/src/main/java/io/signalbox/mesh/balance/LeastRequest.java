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
 */
final class LeastRequest implements Balancer {

    static final int SCAN_LIMIT = 8;

    private final RandomGenerator random;

    LeastRequest(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public @Nullable Endpoint pick(List<Endpoint> candidates, InFlight inFlight) {
        int count = candidates.size();
        if (count == 0) {
            return null;
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
        int second = random.nextInt(candidates.size() - 1);
        if (second >= first) {
            second++;
        }
        Endpoint one = candidates.get(first);
        Endpoint other = candidates.get(second);
        return inFlight.of(other) < inFlight.of(one) ? other : one;
    }
}
