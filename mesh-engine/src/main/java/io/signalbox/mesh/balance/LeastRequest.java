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
    public @Nullable Endpoint pick(List<Endpoint> candidates, InFlight inFlight, long key, PickListener listener) {
        int count = candidates.size();
        if (count == 0) {
            return null;
        }
        if (count == 1) {
            listener.picked(PickedFor.ONLY_ONE);
            return candidates.getFirst();
        }
        boolean ramping = !ramp.over();
        return count <= SCAN_LIMIT
                ? leastOfAll(candidates, inFlight, ramping, listener)
                : lesserOfTwo(candidates, inFlight, ramping, listener);
    }

    private Endpoint leastOfAll(List<Endpoint> candidates, InFlight inFlight, boolean ramping, PickListener listener) {
        Endpoint least = candidates.getFirst();
        double fewest = calls(least, inFlight, ramping);
        Endpoint second = null;
        double moreThanFewest = Double.POSITIVE_INFINITY;
        int equals = 1;
        for (int i = 1; i < candidates.size(); i++) {
            Endpoint candidate = candidates.get(i);
            double calls = calls(candidate, inFlight, ramping);
            if (calls < fewest || (calls == fewest && random.nextInt(++equals) == 0)) {
                equals = calls < fewest ? 1 : equals;
                second = least;
                moreThanFewest = fewest;
                least = candidate;
                fewest = calls;
            } else if (calls < moreThanFewest) {
                second = candidate;
                moreThanFewest = calls;
            }
        }
        listener.picked(PickedFor.FEWEST_CALLS, told(fewest), second, told(moreThanFewest));
        return least;
    }

    private Endpoint lesserOfTwo(List<Endpoint> candidates, InFlight inFlight, boolean ramping, PickListener listener) {
        int first = random.nextInt(candidates.size());
        Endpoint one = candidates.get(first);
        Endpoint other = candidates.get(TwoChoices.second(random, candidates.size(), first));
        double ofOther = calls(other, inFlight, ramping);
        double ofOne = calls(one, inFlight, ramping);
        boolean otherHasFewer = ofOther < ofOne;
        listener.picked(
                PickedFor.FEWEST_CALLS,
                told(Math.min(ofOne, ofOther)),
                otherHasFewer ? one : other,
                told(Math.max(ofOne, ofOther)));
        return otherHasFewer ? other : one;
    }

    private static double told(double calls) {
        return calls >= OUT ? PickListener.SITS_OUT : calls;
    }

    /** Calls in flight in relation to the ramp; {@link #OUT} and more when the endpoint takes no part in this pick. */
    private double calls(Endpoint endpoint, InFlight inFlight, boolean ramping) {
        if (!ramping) {
            return inFlight.of(endpoint);
        }
        double share = ramp.of(endpoint);
        double calls = inFlight.of(endpoint) / share;
        return share < 1 && random.nextDouble() >= share ? OUT + calls : calls;
    }
}
