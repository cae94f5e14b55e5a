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
        return pick(candidates, inFlight, RequestKey.NONE, PickListener.NONE);
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
        if (!ramp.over()) {
            return ramped(candidates, inFlight, listener);
        }
        return count <= SCAN_LIMIT
                ? leastOfAll(candidates, inFlight, listener)
                : lesserOfTwo(candidates, inFlight, listener);
    }

    private Endpoint leastOfAll(List<Endpoint> candidates, InFlight inFlight, PickListener listener) {
        Endpoint least = candidates.getFirst();
        int fewest = inFlight.of(least);
        Endpoint second = null;
        int moreThanFewest = Integer.MAX_VALUE;
        int equals = 1;
        for (int i = 1; i < candidates.size(); i++) {
            Endpoint candidate = candidates.get(i);
            int calls = inFlight.of(candidate);
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
        listener.picked(PickedFor.FEWEST_CALLS, fewest, second, moreThanFewest);
        return least;
    }

    private Endpoint lesserOfTwo(List<Endpoint> candidates, InFlight inFlight, PickListener listener) {
        int first = random.nextInt(candidates.size());
        Endpoint one = candidates.get(first);
        Endpoint other = candidates.get(other(candidates.size(), first));
        return lesser(one, inFlight.of(one), other, inFlight.of(other), listener);
    }

    private int other(int count, int first) {
        int second = random.nextInt(count - 1);
        return second >= first ? second + 1 : second;
    }

    private static Endpoint lesser(Endpoint one, double ofOne, Endpoint other, double ofOther, PickListener listener) {
        if (ofOther < ofOne) {
            listener.picked(PickedFor.FEWEST_CALLS, told(ofOther), one, told(ofOne));
            return other;
        }
        listener.picked(PickedFor.FEWEST_CALLS, told(ofOne), other, told(ofOther));
        return one;
    }

    private Endpoint ramped(List<Endpoint> candidates, InFlight inFlight, PickListener listener) {
        int count = candidates.size();
        if (count > SCAN_LIMIT) {
            int first = random.nextInt(count);
            Endpoint one = candidates.get(first);
            Endpoint other = candidates.get(other(count, first));
            double ofOther = weighed(other, inFlight);
            return lesser(one, weighed(one, inFlight), other, ofOther, listener);
        }
        Endpoint least = candidates.getFirst();
        double fewest = weighed(least, inFlight);
        Endpoint second = null;
        double moreThanFewest = Double.POSITIVE_INFINITY;
        int equals = 1;
        for (int i = 1; i < count; i++) {
            Endpoint candidate = candidates.get(i);
            double calls = weighed(candidate, inFlight);
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

    private static double told(double calls) {
        return calls >= OUT ? PickListener.SITS_OUT : calls;
    }

    /** Calls in flight in relation to the ramp; {@link #OUT} and more when the endpoint takes no part in this pick. */
    private double weighed(Endpoint endpoint, InFlight inFlight) {
        double share = ramp.of(endpoint);
        double calls = inFlight.of(endpoint) / share;
        return share < 1 && random.nextDouble() >= share ? OUT + calls : calls;
    }
}
